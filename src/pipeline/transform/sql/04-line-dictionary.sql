-- What line texts mean.

-- Grain: a distinct line of a receipt, read: its text in its grammar. name is null where it could not be.
create table line_dictionary as
with bought as (
  select distinct line_no
  from (
    -- An unread basket has late lines, which may be others.
    select unnest(line_nos) as line_no from scanned where reason is null and unread_basket is null
    union all
    select unnest(line_nos) as line_no from late_lines
  )
),
texts as (
  select line_no, ['list', 'bare list', 'triples', 'rows'][line_no % 4 + 1] as basket_grammar, line_text
  from bought
  join line_texts on text_no = line_no // 4
),
fields as (
  select
    *,
    case basket_grammar
      when 'list' then regexp_extract(
        line_text,
        '^\s*(?:((?i)regular|large)\s+)?(\S.*?)(?:\s+-\s+(\S.*?))?\s+-\s+((?:-?£?|£-)(?:[0-9]{1,6}|[0-9]{1,3},[0-9]{3})(?:\.[0-9]{1,2})?)\s*$',
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
        '^\s*((?i)regular|large|)\s*,\s*(\S[^,]*?)(?:\s+-\s+(\S[^,]*?))?\s*,\s*((?:-?£?|£-)[0-9]{1,6}(?:\.[0-9]{1,2})?)\s*$',
        ['size', 'name', 'flavour', 'price']
      )
    end as field
  from texts
)
select
  line_no,
  basket_grammar,
  line_text,
  nullif(field.name, '') as name,
  nullif(field.flavour, '') as flavour,
  coalesce(nullif(lower(field.size), ''), 'standard') as size,
  case basket_grammar
    when 'rows' then try_cast(field.price as integer)
    else cast(try_cast(nullif(translate(field.price, '£,', ''), '') as decimal(9, 2)) * 100 as integer)
  end as price_pence
from fields;

-- Grain: a distinct line text that the menu does not have. What could not be read is kept as text under "Unrecognised", so
-- that somebody can teach the format; but never a long number, nor a line that holds the customer's own name or is part of
-- it. What could be read and is no menu's is looked at too: it may be a name or a card in the product's place, or longer than a
-- product's name may be, which a warehouse on a server would refuse, and the whole batch with it.
create table strange_texts as
with strange as (
  select
    line_no,
    case basket_grammar when 'rows' then row_words(line_text) else line_text end as words,
    line_dictionary.name,
    flavour,
    -- Without the price, whose digits would lengthen a number in the name.
    concat_ws(' ', line_dictionary.name, flavour) as read_words,
    line_dictionary.name is null as unread
  from line_dictionary
  left join menu_categories using (name)
  where line_dictionary.name is null
    or menu_categories.name is null
    or flavour not in (select flavour from menu_flavours)
),
bought as (
  select
    line_no,
    words,
    read_words,
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
  join lines using (line_no)
  join (select receipt_no, nullif(trim(customer_text), '') as customer_text from scanned) using (receipt_no)
  group by line_no, words, read_words, unread
)
select
  line_no,
  unread or has_name or holds_long_number(read_words) or length(read_words) > 300 as unrecognised,
  case
    when has_name then '(withheld)'
    else substr(regexp_replace(trim(words), long_number() || '|\pN{4,}', '#', 'g'), 1, 100)
  end as shown_text
from bought;

create table line_products as
select
  line_no,
  case when unrecognised then 'Unrecognised' else line_dictionary.name end as name,
  case when unrecognised then nullif(shown_text, '') else flavour end as flavour,
  case when unrecognised then 'standard' else size end as size,
  price_pence
from line_dictionary
left join strange_texts using (line_no);

-- Grain: a product of this batch.
create table products as
select
  cast(row_number() over (order by name, flavour, size) as integer) as product_no,
  name,
  flavour,
  size
from (select distinct name, flavour, size from line_products);

create table line_keys as
select line_no, product_no, price_pence
from line_products
join products
  on products.name = line_products.name
  and products.size = line_products.size
  and products.flavour is not distinct from line_products.flavour;

-- Grain: a line of a receipt.
create view out_items as
select
  receipt_no,
  line_number,
  product_no,
  price_pence,
  file_no,
  cafe_no,
  business_date
from lines
join line_keys using (line_no);
