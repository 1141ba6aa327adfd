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
where line_text not in (select line_text from line_texts)
