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
  -- Rows above the first scanned one: 1 where a header was skipped, so that row numbers are what a spreadsheet shows.
  header_rows integer,
  -- scan_order is the place in the file itself: the careful reader gives it, and so do receipts put together from rows.
  numbered_in_file boolean
);

-- How a receipt was paid, as every till's words come to mean. A type of its own takes a byte instead of a text, and is written to
-- Parquet as the text it is without being looked up row by row.
create type payment as enum ('CARD', 'CASH');

-- Grain: a row of a file, typed, numbered over the batch. Its place in the file is scan_order less the file's first.
-- reason: why it was refused; null for a receipt. What its cells say is one structure: of every column of a table the engine
-- counts distinct values as rows come in, which costs as much as storing them, but not of a structure's fields.
create table scanned_rows (
  receipt_no integer,
  file_no integer,
  reason varchar,
  cells struct(
    scan_order bigint,
    occurred_at timestamp,
    cafe_name varchar,
    customer_text varchar,
    card_text varchar,
    -- The basket's lines as numbers (see 02-line-texts); null where it has none. A line not known before the scan is null.
    line_nos integer[],
    -- The basket, where a line of it was not known.
    unread_basket varchar,
    total_pence integer,
    payment_method payment,
    -- A row that may have been part of this receipt could not be read.
    incomplete boolean
  )
);

create view scanned as
select receipt_no, file_no, reason, cells.*
from scanned_rows;

-- Grain: a row of a till that writes one row for each item, typed; empty for all other tills. What the row does not say is
-- null, and taken from the receipt's other rows. line_texts: the row's lines in the grammar of rows (see 04-lines), null
-- where it has none. line_pence: what they add up to; null where that is not known, with why as item_reason.
create table item_rows (
  file_no integer,
  scan_order bigint,
  has_receipt_column boolean,
  receipt_text varchar,
  time_text varchar,
  occurred_at timestamp,
  cafe_name varchar,
  customer_text varchar,
  card_text varchar,
  payment_method varchar,
  total_pence integer,
  line_texts varchar,
  line_pence bigint,
  reason varchar,
  item_reason varchar,
  -- For a till without a column for payment: what a receipt is when none of its rows has a card.
  default_payment varchar,
  refunds boolean
);

-- Grain: a row that the careful reader could not even split into columns.
create table unsplit_rows (
  file_no integer,
  row_number integer,
  reason varchar
);

-- Grain: one row. Minutes after midnight at which a business day starts.
create table batch_settings as
select cast($day_starts_minutes as integer) as day_starts_minutes;

-- An amount as a till writes it, as plain digits: 1234.56. The style shows how the till writes that one. A comma that parts
-- no thousands is somebody's decimal point: with the first style, 1,50 is unreadable and not 150.
create macro plain_amount(amount, style) as case
  when style = '1,234.56' then case
    when amount similar to '[-+0-9.]*' then amount
    when amount not like '%,%' or trim(amount) similar to '[-+]?£?[-+]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]*)?'
      then replace(replace(trim(amount), '£', ''), ',', '')
  end
  when style = '1.234,56' then case
    when trim(amount) similar to '[-+]?£?[-+]?([0-9]+|[0-9]{1,3}([.][0-9]{3})+)(,[0-9]*)?'
      then replace(replace(replace(trim(amount), '£', ''), '.', ''), ',', '.')
  end
  else case
    when trim(amount) similar to '[-+]?£?[-+]?([0-9]+|[0-9]{1,3}([ \x{00A0}\x{202F}][0-9]{3})+)(,[0-9]*)?'
      then replace(regexp_replace(trim(amount), '[£ \x{00A0}\x{202F}]', '', 'g'), ',', '.')
  end
end;

-- An amount in pounds, null where it is none. A cast to DECIMAL would read 1e2 and 1_000 as numbers; no till means that.
create macro amount_of(plain) as case when plain similar to '[-+0-9.]*' then try_cast(plain as decimal(18, 4)) end;

-- A cell without outer spaces; null where nothing is left.
create macro cell_text(cell) as nullif(trim(cell), '');
