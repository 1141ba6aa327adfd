-- Products of a café and day in daily_products that are not what the lines add up to. Grain: a café, day and product;
-- empty means pass.
with expected as (
  select
    location_id,
    business_date,
    product_id,
    cast(count(*) as bigint) as items,
    cast(coalesce(sum(price_pence), 0) as bigint) as total_pence,
    cast(1 as bigint) as copies
  from transaction_items
  group by location_id, business_date, product_id
),
kept as (
  select location_id, business_date, product_id, items, total_pence, count(*) as copies
  from daily_products
  group by location_id, business_date, product_id, items, total_pence
),
{{difference}}
