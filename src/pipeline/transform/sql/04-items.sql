-- From baskets to lines. A line's text is read once per distinct text, then joined back: far fewer than lines.

-- Grain: a line of a receipt, as text.
create table lines as
with fields as (
  select
    receipt_no,
    file_no,
    cafe_no,
    business_date,
    basket_grammar,
    basket_text,
    string_split(basket_text, ',') as parts
  from receipts
  where trim(basket_text) <> ''
),
texts as (
  select
    receipt_no,
    file_no,
    cafe_no,
    business_date,
    basket_grammar,
    case
      when basket_grammar = 'list' then parts
      -- A basket that is not whole triples is one line, which stays unrecognised.
      when len(parts) % 3 <> 0 then [basket_text]
      else [parts[i] || ',' || parts[i + 1] || ',' || parts[i + 2] for i in range(1, len(parts), 3)]
    end as line_texts
  from fields
)
select
  receipt_no,
  file_no,
  cafe_no,
  business_date,
  basket_grammar,
  unnest(line_texts) as line_text,
  unnest(range(1, len(line_texts) + 1)) as line_number
from texts;

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

-- What could not be read is kept as text under "Unrecognised", so that somebody can teach the format; but never a
-- long number, nor the text of any line that holds the customer's own name.
create table unrecognised_texts as
select
  basket_grammar,
  line_text,
  case
    when bool_or(customer_text <> '' and contains(lower(line_text), lower(customer_text))) then '(withheld)'
    else substr(regexp_replace(trim(line_text), '[0-9][0-9 -]{5,}', '#', 'g'), 1, 100)
  end as shown_text
from lines
join line_dictionary using (basket_grammar, line_text)
join receipts using (receipt_no)
where line_dictionary.name is null
group by basket_grammar, line_text;

create table line_products as
select
  basket_grammar,
  line_text,
  coalesce(line_dictionary.name, 'Unrecognised') as name,
  case when line_dictionary.name is null then nullif(shown_text, '') else flavour end as flavour,
  case when line_dictionary.name is null then 'standard' else size end as size,
  price_pence
from line_dictionary
left join unrecognised_texts using (basket_grammar, line_text);

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
create table items as
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

-- Grain: a receipt that has lines. A line without a price leaves its receipt unreconciled.
create table baskets as
select
  receipt_no,
  cast(count(*) as smallint) as item_count,
  case when count(price_pence) = count(*) then cast(sum(price_pence) as bigint) end as items_pence
from items
group by receipt_no;
