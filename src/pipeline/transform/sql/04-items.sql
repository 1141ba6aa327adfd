-- From baskets to lines. A line's text is read once per distinct text, then joined back: far fewer than lines.

-- Grain: a line of a receipt, as text. A view: written down it would be the largest thing in memory.
create view lines as
with parted as (
  select
    receipt_no,
    scanned.file_no,
    cafe_no,
    cast(occurred_at - to_minutes((select day_starts_minutes from batch_settings)) as date) as business_date,
    basket_grammar,
    basket_text,
    string_split(basket_text, ',') as parts
  from scanned
  join batch_files using (file_no)
  join cafes on cafes.name = scanned.cafe_name
  where scanned.reason is null and basket_text <> ''
),
listed as (
  select
    * exclude (parts, basket_text),
    case
      when basket_grammar = 'list' then parts
      -- A basket that is not whole triples is one line, which stays unrecognised.
      when len(parts) % 3 <> 0 then [basket_text]
      else [parts[i] || ',' || parts[i + 1] || ',' || parts[i + 2] for i in range(1, len(parts), 3)]
    end as line_texts
  from parted
)
select
  * exclude (line_texts),
  unnest(line_texts) as line_text,
  generate_subscripts(line_texts, 1) as line_number
from listed;

-- Grain: a distinct line text, read. name is null where it could not be.
create table line_dictionary as
with distinct_texts as (
  select distinct basket_grammar, line_text from lines
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
  cast(try_cast(nullif(field.price, '') as decimal(9, 2)) * 100 as integer) as price_pence
from fields;

-- Grain: a distinct line text that the menu does not have. What could not be read is kept as text under "Unrecognised", so
-- that somebody can teach the format; but never a long number, nor a line that holds the customer's own name or is part of
-- it. What could be read and is no menu's is looked at too: it may be a name or a card in the product's place.
create table strange_texts as
with strange as (
  select basket_grammar, line_text, line_dictionary.name is null as unread
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
    unread,
    bool_or(
      contains(lower(line_text), lower(customer_text)) and (unread or customer_text like '% %')
      or unread and length(trim(line_text)) > 2 and contains(lower(customer_text), lower(trim(line_text)))
    ) as has_name
  from strange
  join lines using (basket_grammar, line_text)
  join (select receipt_no, nullif(customer_text, '') as customer_text from scanned) using (receipt_no)
  group by basket_grammar, line_text, unread
)
select
  basket_grammar,
  line_text,
  unread or has_name or regexp_matches(line_text, '[0-9](?:[^0-9A-Za-z]{0,2}[0-9]){6,}') as unrecognised,
  case
    when has_name then '(withheld)'
    else substr(
      regexp_replace(trim(line_text), '[0-9](?:[^0-9A-Za-z]{0,2}[0-9]){6,}|[0-9]{4,}', '#', 'g'), 1, 100
    )
  end as shown_text
from bought;

create table line_products as
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
create table products as
select
  cast(row_number() over (order by name, flavour, size) as integer) as product_no,
  name,
  flavour,
  size
from (select distinct name, flavour, size from line_products);

create table line_keys as
select basket_grammar, line_text, product_no, price_pence
from line_products
join products
  on products.name = line_products.name
  and products.size = line_products.size
  and products.flavour is not distinct from line_products.flavour;

-- Grain: a line of a receipt.
create view out_items as
select
  receipt_no,
  cast(line_number as smallint) as line_number,
  product_no,
  price_pence,
  file_no,
  cafe_no,
  business_date
from lines
join line_keys using (basket_grammar, line_text);
