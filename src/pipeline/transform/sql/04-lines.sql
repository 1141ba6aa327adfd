-- From baskets to lines. A line's text is read once per distinct text, then joined back: far fewer than lines.

-- The grammar of rows, which we write ourselves (02-scan-item-rows): lines are parted by the record separator; size, name,
-- flavour and price by the unit separator. A size of "?" and a word is not one of the till's. Where the till has no column
-- for the size, it is empty, and for the flavour, "?": then they are looked for in the name, as in a list.
create macro row_field(line_text, place) as split_part(line_text, chr(31), place);
create macro row_name(line_text) as case
  when row_field(line_text, 1) <> '' then row_field(line_text, 2)
  else regexp_replace(row_field(line_text, 2), '^((?i)regular|large)\s+(\S)', '\2')
end;
create macro row_fields(line_text) as {
  'size': case row_field(line_text, 1)
    when '' then regexp_extract(row_field(line_text, 2), '^((?i)regular|large)\s+\S', 1)
    else row_field(line_text, 1)
  end,
  'name': case
    when row_field(line_text, 1) like '?%' then ''
    when row_field(line_text, 3) <> '?' then row_name(line_text)
    else regexp_extract(row_name(line_text), '^(.*?)(?:\s+-\s+(\S.*))?$', 1)
  end,
  'flavour': case row_field(line_text, 3)
    when '?' then regexp_extract(row_name(line_text), '^(.*?)(?:\s+-\s+(\S.*))?$', 2)
    else row_field(line_text, 3)
  end,
  'price': substr(row_field(line_text, 4), 2)
};
-- What a person would read in the row: for what could not be recognised.
create macro row_words(line_text) as concat_ws(
  ' ',
  nullif(ltrim(row_field(line_text, 1), '?'), 'standard'),
  row_field(line_text, 2),
  nullif(row_field(line_text, 3), '?')
);

-- 1, 2, 3 … for each element of a list. Counting anew for every list costs a third of all that is done with lines, so what most
-- baskets need is cut from one list.
create macro places_of(list) as case
  when len(list) <= 64 then range(1, 65)[:len(list)]
  else range(1, len(list) + 1)
end;

-- Grain: a line of every n-th receipt, as text. The choice is made before baskets are parted: afterwards it would cost as much
-- as parting them all.
create macro lines_of_every(one_in) as table
with parted as (
  select
    receipt_no,
    scanned.file_no,
    cafe_no,
    cast(occurred_at - to_minutes((select day_starts_minutes from batch_settings)) as date) as business_date,
    basket_grammar,
    basket_text,
    case basket_grammar
      when 'rows' then string_split(basket_text, chr(30))
      else string_split(basket_text, ',')
    end as parts
  from scanned
  join batch_files using (file_no)
  join cafes on cafes.name = scanned.cafe_name
  where scanned.reason is null and basket_text <> '' and receipt_no % one_in = 0
),
listed as (
  select
    * exclude (parts, basket_text),
    case
      when basket_grammar in ('list', 'bare list', 'rows') then parts
      -- A basket that is not whole triples is one line, which stays unrecognised.
      when len(parts) % 3 <> 0 then [basket_text]
      else [parts[i] || ',' || parts[i + 1] || ',' || parts[i + 2] for i in range(1, len(parts), 3)]
    end as line_texts
  from parted
)
select
  * exclude (line_texts),
  unnest(line_texts) as line_text,
  unnest(places_of(line_texts)) as line_number
from listed;

-- Grain: a line of a receipt, as text. A view: written down it would be the largest thing in memory.
create view lines as
select * from lines_of_every(1);
