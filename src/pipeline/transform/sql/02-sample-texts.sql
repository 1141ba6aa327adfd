-- Grain: a distinct line text of some files, added to `line_texts`. Input: their rows, in braces below.
insert into line_texts
with parted as (
  select basket, parts_of(basket, $basket_grammar) as parts
  from (select basket from {{rows}} limit $most_rows)
  where basket <> ''
),
sampled as (
  select distinct unnest(texts_of(parts, basket, $basket_grammar)) as line_text from parted
)
select cast((select count(*) from line_texts) + row_number() over (order by line_text) - 1 as integer) as text_no, line_text
from sampled
-- A number alone may be the end of the price before it (1,234.50): its basket is not to be read by its parts (04-lines).
where not line_text similar to '[0-9]+([.][0-9]+)?\s*'
  and line_text not in (select line_text from line_texts)
