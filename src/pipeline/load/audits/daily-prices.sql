-- Products of a café and day at a price in daily_prices that are not as many as the lines. Grain: a café, day, product and price;
-- empty means pass.
with expected as (
  select location_id, business_date, product_id, price_pence, cast(count(*) as bigint) as items, cast(1 as bigint) as copies
  from transaction_items
  group by location_id, business_date, product_id, price_pence
),
kept as (
  select location_id, business_date, product_id, price_pence, items, count(*) as copies
  from daily_prices
  group by location_id, business_date, product_id, price_pence, items
),
{{difference}}
