-- Grain: a group of cafés, whether customers are known by a card, and a product (a name and a flavour; null for all): the new
-- customers of the period who bought it on their first day.
-- Reads: customer_groups, customer_firsts
with newcomers as (
  select group_id, customer_id, is_card, first_on
  from customer_firsts
  where first_on between cast($from as date) and cast($to as date)
),
first_receipts as (
  select newcomers.group_id, newcomers.is_card, newcomers.customer_id, transactions.transaction_id
  from newcomers
  join customer_groups on customer_groups.group_id = newcomers.group_id
  join transactions
    on transactions.customer_id = newcomers.customer_id
    and transactions.business_date = newcomers.first_on
    and transactions.location_id = customer_groups.location_id
  where transactions.business_date between cast($from as date) and cast($to as date)
),
bought as (
  select distinct
    first_receipts.group_id,
    first_receipts.is_card,
    first_receipts.customer_id,
    products.name,
    products.flavour
  from transaction_items
  join location_grants on location_grants.location_id = transaction_items.location_id
  join first_receipts on first_receipts.transaction_id = transaction_items.transaction_id
  join products on products.product_id = transaction_items.product_id
  where transaction_items.business_date between cast($from as date) and cast($to as date)
),
categories as (
  select name, flavour, min(category) as category
  from products
  group by name, flavour
)
select
  bought.group_id,
  bought.is_card,
  bought.name,
  bought.flavour,
  categories.category,
  cast(count(*) as bigint) as customers
from bought
join categories
  on categories.name = bought.name and coalesce(categories.flavour, '') = coalesce(bought.flavour, '')
group by bought.group_id, bought.is_card, bought.name, bought.flavour, categories.category
union all
select group_id, is_card, null, null, null, cast(count(*) as bigint)
from newcomers
group by group_id, is_card
