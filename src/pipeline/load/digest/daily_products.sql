-- Grain: a café, day and product.
select
  locations.name as cafe,
  business_date,
  products.name,
  products.flavour,
  products.size,
  items,
  total_pence
from daily_products
join locations on locations.location_id = daily_products.location_id
join products on products.product_id = daily_products.product_id
