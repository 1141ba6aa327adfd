-- Grain: a café, day, product and price.
select
  locations.name as cafe,
  business_date,
  products.name,
  products.flavour,
  products.size,
  price_pence,
  items
from daily_prices
join locations on locations.location_id = daily_prices.location_id
join products on products.product_id = daily_prices.product_id
