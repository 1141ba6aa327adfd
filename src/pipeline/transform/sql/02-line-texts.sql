-- A line of a basket is kept as a number from the scan on, made of its text's number and its grammar's. Most texts are known from
-- some of the files, read beforehand; the rest are numbered afterwards (04-lines).

-- Grain: a distinct line text, numbered from 0.
create table line_texts (
  text_no integer,
  line_text varchar
);

create macro grammar_no(grammar) as list_position(['list', 'bare list', 'triples', 'rows'], grammar) - 1;

-- A basket as the texts of its lines. parts: what lies between its commas, or between the separators of rows (04-lines).
create macro parts_of(basket, grammar) as case grammar when 'rows' then string_split(basket, chr(30)) else string_split(basket, ',') end;
-- A list without prices may count: "2 x Latte" is two lines. With a price it stays what it says, since nobody knows for how many
-- of them the price is.
create macro counted() as '^\s*([0-9]{1,3})\s*[xX×]\s+';
create macro each_of(parts) as flatten([
  [regexp_replace(part, counted(), '') for i in range(coalesce(try_cast(regexp_extract(part, counted(), 1) as integer), 1))]
  for part in parts
]);
create macro texts_of(parts, basket, grammar) as case
  when grammar = 'bare list' then each_of(parts)
  when grammar <> 'triples' then parts
  -- A basket that is not whole triples is one line, which stays unrecognised.
  when len(parts) % 3 <> 0 then [basket]
  else [parts[i] || ',' || parts[i + 1] || ',' || parts[i + 2] for i in range(1, len(parts), 3)]
end;
