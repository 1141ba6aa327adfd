-- What line texts mean, learned from every n-th receipt: the texts of the rest are nearly always the same ones. When a
-- line turns up that is not here, the dictionary is made again from every receipt.

-- Grain: a distinct line text, read. name is null where it could not be.
create or replace table line_dictionary as
with distinct_texts as (
  select distinct basket_grammar, line_text from lines_of_every(cast($sampled_one_in as integer))
),
fields as (
  select
    *,
    case basket_grammar
      when 'list' then regexp_extract(
        line_text,
        '^\s*(?:((?i)regular|large)\s+)?(\S.*?)(?:\s+-\s+(\S.*?))?\s+-\s+£?([0-9]{1,6}(?:\.[0-9]{1,2})?)\s*$',
        ['size', 'name', 'flavour', 'price']
      )
      when 'bare list' then regexp_extract(
        line_text,
        '^\s*(?:((?i)regular|large)\s+)?(\S.*?)(?:\s+-\s+(\S.*?))?()\s*$',
        ['size', 'name', 'flavour', 'price']
      )
      when 'rows' then row_fields(line_text)
      else regexp_extract(
        line_text,
        '^\s*((?i)regular|large|)\s*,\s*(\S[^,]*?)(?:\s+-\s+(\S[^,]*?))?\s*,\s*£?([0-9]{1,6}(?:\.[0-9]{1,2})?)\s*$',
        ['size', 'name', 'flavour', 'price']
      )
    end as field
  from distinct_texts
)
select
  basket_grammar,
  line_text,
  nullif(field.name, '') as name,
  nullif(field.flavour, '') as flavour,
  coalesce(nullif(lower(field.size), ''), 'standard') as size,
  case basket_grammar
    when 'rows' then try_cast(field.price as integer)
    else cast(try_cast(nullif(field.price, '') as decimal(9, 2)) * 100 as integer)
  end as price_pence
from fields;

-- Grain: a distinct line text that the menu does not have. What could not be read is kept as text under "Unrecognised", so
-- that somebody can teach the format; but never a long number, nor a line that holds the customer's own name or is part of
-- it. What could be read and is no menu's is looked at too: it may be a name or a card in the product's place.
create or replace table strange_texts as
with strange as (
  select
    basket_grammar,
    line_text,
    case basket_grammar when 'rows' then row_words(line_text) else line_text end as words,
    line_dictionary.name,
    flavour,
    line_dictionary.name is null as unread
  from line_dictionary
  left join menu_categories using (name)
  where line_dictionary.name is null
    or menu_categories.name is null
    or flavour not in (select flavour from menu_flavours)
),
bought as (
  select
    basket_grammar,
    line_text,
    words,
    unread,
    bool_or(
      contains(lower(words), lower(customer_text)) and (unread or customer_text like '% %')
      or unread and length(trim(words)) > 2 and contains(lower(customer_text), lower(trim(words)))
      -- A name with a comma in it falls into two lines.
      or customer_text like '%,%' and (
        contains(lower(customer_text), lower(name)) or contains(lower(customer_text), lower(flavour))
      )
    ) as has_name
  from strange
  join lines using (basket_grammar, line_text)
  join (select receipt_no, nullif(customer_text, '') as customer_text from scanned) using (receipt_no)
  group by basket_grammar, line_text, words, unread
)
select
  basket_grammar,
  line_text,
  unread or has_name or regexp_matches(words, '[0-9](?:[^0-9A-Za-z]{0,2}[0-9]){6,}') as unrecognised,
  case
    when has_name then '(withheld)'
    else substr(
      regexp_replace(trim(words), '[0-9](?:[^0-9A-Za-z]{0,2}[0-9]){6,}|[0-9]{4,}', '#', 'g'), 1, 100
    )
  end as shown_text
from bought;

create or replace table line_products as
select
  basket_grammar,
  line_text,
  case when unrecognised then 'Unrecognised' else line_dictionary.name end as name,
  case when unrecognised then nullif(shown_text, '') else flavour end as flavour,
  case when unrecognised then 'standard' else size end as size,
  price_pence
from line_dictionary
left join strange_texts using (basket_grammar, line_text);

-- Grain: a product of this batch.
create or replace table products as
select
  cast(row_number() over (order by name, flavour, size) as integer) as product_no,
  name,
  flavour,
  size
from (select distinct name, flavour, size from line_products);

create or replace table line_keys as
select basket_grammar, line_text, product_no, price_pence
from line_products
join products
  on products.name = line_products.name
  and products.size = line_products.size
  and products.flavour is not distinct from line_products.flavour;

-- Grain: a line of a receipt. product_no is null for a text that is not in the dictionary yet.
create or replace view out_items as
select
  receipt_no,
  cast(line_number as smallint) as line_number,
  product_no,
  price_pence,
  file_no,
  cafe_no,
  business_date
from lines
left join line_keys using (basket_grammar, line_text);
