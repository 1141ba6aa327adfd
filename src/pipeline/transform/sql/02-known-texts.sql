-- The texts known before the scan, as a type: casting to it is how a text becomes its number.
create type known_text as enum (select line_text from line_texts order by text_no);
