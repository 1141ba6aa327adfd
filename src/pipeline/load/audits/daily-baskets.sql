-- Days of a café in daily_baskets that are not what the lines say: receipts with a line, and those with two kinds of product.
-- Grain: a café and day; empty means pass.
with receipts as (
  select
    transaction_items.location_id,
    transaction_items.business_date,
    transaction_items.transaction_id,
    count(distinct coalesce(products.flavour, '') || ' of ' || products.name) as kinds
  from transaction_items
  join products on products.product_id = transaction_items.product_id
  group by transaction_items.location_id, transaction_items.business_date, transaction_items.transaction_id
),
expected as (
  select
    location_id,
    business_date,
    cast(count(*) as bigint) as receipts,
    cast(sum(case when kinds > 1 then 1 else 0 end) as bigint) as baskets,
    cast(1 as bigint) as copies
  from receipts
  group by location_id, business_date
),
kept as (
  select location_id, business_date, receipts, baskets, count(*) as copies
  from daily_baskets
  group by location_id, business_date, receipts, baskets
),
{{difference}}
