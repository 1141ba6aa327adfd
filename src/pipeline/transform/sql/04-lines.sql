-- From baskets to lines. A line's text is read once per distinct text: far fewer than lines.

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

-- 1, 2, 3 … for each element of a list. To count anew for every list, or to cut one list to its length, costs a third of all that is
-- done with lines: so the lists that most baskets need are made once, and picked by their length, which copies none of them.
create macro places_of(list) as case
  when len(list) <= 64 then list_extract([[cast(place as smallint) for place in range(1, most + 1)] for most in range(1, 65)], len(list))
  else [cast(place as smallint) for place in range(1, len(list) + 1)]
end;

-- A comma between a price's digits parts no lines: one of thousands (1,234.50) is read, and one that stands for a decimal point
-- leaves its line unrecognised, where half of it would be read at another price. Twice, since a match takes the next comma.
create macro comma_in_number() as '([0-9]),([0-9]+(?:[.][0-9]+)?\s*(?:,|$))';
create macro with_numbers_whole(basket) as regexp_replace(basket, comma_in_number(), '\1' || chr(31) || '\2', 'g');
create macro careful_parts_of(basket, grammar) as case
  when grammar = 'list' and regexp_matches(basket, comma_in_number()) then [
    replace(part, chr(31), ',')
    for part in string_split(with_numbers_whole(with_numbers_whole(basket)), ',')
  ]
  else parts_of(basket, grammar)
end;

-- Grain: a basket of a receipt with a line that was not known before the scan: another one than in the files read first, or in a
-- file that was not scanned plainly.
create view unread_baskets as
select
  receipt_no,
  basket_grammar,
  unread_basket as basket,
  careful_parts_of(unread_basket, basket_grammar) as parts
from scanned
join batch_files using (file_no)
where scanned.reason is null and unread_basket <> '';

insert into line_texts
select
  cast((select count(*) from line_texts) + row_number() over (order by line_text) - 1 as integer) as text_no,
  line_text
from (select distinct unnest(texts_of(parts, basket, basket_grammar)) as line_text from unread_baskets)
where line_text not in (select line_text from line_texts);

create type late_text as enum (select line_text from line_texts order by text_no);

-- Each text has its number by now. try_cast all the same: of two grammars in a batch, the engine works out both for every basket,
-- and stops at a text that only the wrong one makes.
create table late_lines as
select
  receipt_no,
  [
    cast(enum_code(text) as integer) * 4 + grammar_no(basket_grammar)
    for text in try_cast(texts_of(parts, basket, basket_grammar) as late_text[])
  ] as line_nos
from unread_baskets;

-- Grain: a receipt. line_nos: its lines in order, each its text's number and its grammar's; null where it has none.
create view receipts as
select
  scanned.* exclude (known_cafe, known_cafe_no, other_cafe, line_nos, unread_basket, reason),
  coalesce(known_cafe_no, other_cafe_no) as cafe_no,
  -- Hardly any chain's day starts later than midnight, and to subtract nothing costs four times what the date does.
  case
    when day_starts_minutes = 0 then cast(occurred_at as date)
    else cast(occurred_at - to_minutes(day_starts_minutes) as date)
  end as business_date,
  coalesce(late_lines.line_nos, scanned.line_nos) as line_nos
from scanned
left join other_cafes using (other_cafe)
left join late_lines using (receipt_no)
cross join batch_settings
where scanned.reason is null;

-- Grain: a line of a receipt. A view: written down it would be the largest thing in memory.
create view lines as
select
  receipt_no,
  file_no,
  cafe_no,
  business_date,
  unnest(line_nos) as line_no,
  unnest(places_of(line_nos)) as line_number
from receipts;
