-- What the steps of one batch share. All of it lives in memory and dies with the process: it holds names and cards.

-- Grain: a file of the batch, numbered from 1. reason is set for a file refused whole.
create table batch_files (
  file_no integer,
  key varchar,
  version bigint,
  size_bytes bigint,
  modified_ms bigint,
  content_hash varchar,
  format varchar,
  basket_grammar varchar,
  -- False for a till that writes no prices of items: then nothing contradicts a total.
  has_prices boolean,
  reason varchar,
  -- What is behind the reason, without a word of the file.
  detail varchar,
  key_cafe varchar,
  key_date date,
  -- The café that the file's first receipt names, as it is written there.
  first_cafe varchar,
  -- Rows above the first scanned one: 1 where a header was skipped, so that row numbers are what a spreadsheet shows.
  header_rows integer,
  -- scan_order is the place in the file itself: the careful reader gives it, and so do receipts put together from rows.
  numbered_in_file boolean
);

-- Grain: one row. Minutes after midnight at which a business day starts.
create table batch_settings as
select cast($day_starts_minutes as integer) as day_starts_minutes;

-- An amount as a till writes it, as plain digits: 1234.56. The style shows how the till writes that one. A comma that parts
-- no thousands is somebody's decimal point: with the first style, 1,50 is unreadable and not 150. So is a £ in the middle.
-- £ or GBP may stand before the amount, or after it and a space.
create macro around_amount(digits) as '[-+]?((£|GBP)[ \x{00A0}\x{202F}]?)?[-+]?' || digits || '([ \x{00A0}\x{202F}](£|GBP))?';
create macro without_currency(amount) as regexp_replace(trim(amount), '[£GBP \x{00A0}\x{202F}]', '', 'g');
create macro plain_amount(amount, style) as case
  when style = '1,234.56' then case
    when amount similar to '[-+0-9.]*' then amount
    when trim(amount) similar to around_amount('([0-9]*|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]*)?')
      then replace(without_currency(amount), ',', '')
  end
  when style = '1.234,56' then case
    when trim(amount) similar to around_amount('([0-9]+|[0-9]{1,3}([.][0-9]{3})+)(,[0-9]*)?')
      then replace(replace(without_currency(amount), '.', ''), ',', '.')
  end
  else case
    when trim(amount) similar to around_amount('([0-9]+|[0-9]{1,3}([ \x{00A0}\x{202F}][0-9]{3})+)(,[0-9]*)?')
      then replace(without_currency(amount), ',', '.')
  end
end;

-- True for plain digits that decimal(18, 4) takes as they are, as nearly every amount is.
create macro is_exact(plain) as plain similar to '[-+]?[0-9]*([.][0-9]{0,4})?';

-- An amount in pounds, null where it is none. A cast to DECIMAL would read 1e2 and 1_000 as numbers; no till means that. And it
-- would round 2.150000001, which is no amount either; but 2.1500000000000004 is one, with the noise of floating point.
create macro amount_of(plain) as case
  when is_exact(plain) then try_cast(plain as decimal(18, 4))
  when plain similar to '[-+0-9.]*' and try_cast(plain as decimal(18, 4)) = try_cast(plain as decimal(38, 10))
    then try_cast(plain as decimal(18, 4))
end;

-- Why a total is none.
create macro unread_total(plain) as case
  when plain similar to '[-+]?[0-9]{1,12}[.][0-9]{5,}' then 'row_total_not_pence'
  else 'row_total_unreadable'
end;

-- True for a time whose year was written with two digits where the format has four: it was read as one of the first century.
create macro lacks_century(moment) as moment < timestamp '0100-01-01';

-- The most lines of a receipt: no basket has as many, and line numbers are small integers, here and in the warehouse.
create macro most_lines() as 1000;

-- Seven digits or more, of any script, that nothing but signs and spaces parts: a card's number, however it is written.
create macro long_number() as '\pN(?:[^\pL\pN]*\pN){6,}';
create macro holds_long_number(text) as regexp_matches(text, long_number());

-- A cell without outer spaces; null where nothing is left.
create macro cell_text(cell) as nullif(trim(cell), '');
