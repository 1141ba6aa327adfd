-- Grain: a product and a price it was sold at in the period; price_pence is null where tills wrote none.
-- Reads: location_grants
with sold as (
  select
    daily_prices.product_id,
    daily_prices.price_pence,
    sum(daily_prices.items) as items,
    min(daily_prices.business_date) as first_on,
    max(daily_prices.business_date) as last_on,
    count(distinct daily_prices.location_id) as cafes,
    count(*) as cafe_days
  from daily_prices
  join location_grants on location_grants.location_id = daily_prices.location_id
  where daily_prices.business_date between cast($from as date) and cast($to as date)
  group by daily_prices.product_id, daily_prices.price_pence
)
select
  products.name,
  products.flavour,
  products.size,
  products.category,
  sold.price_pence,
  cast(sold.items as bigint) as items,
  sold.first_on,
  sold.last_on,
  cast(sold.cafes as bigint) as cafes,
  cast(sold.cafe_days as bigint) as cafe_days
from sold
join products on products.product_id = sold.product_id
