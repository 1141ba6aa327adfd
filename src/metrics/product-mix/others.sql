-- Grain: a category, size and flavour sold by other cafés in the period, with how many cafés those are altogether, and how many of
-- them the caller may not see. Whole pence.
-- Reads: location_grants, strangers
with sold as (
  select daily_products.location_id, daily_products.product_id, sum(daily_products.total_pence) as pence
  from daily_products
  join location_grants on location_grants.location_id = daily_products.location_id
  where daily_products.business_date between cast($from as date) and cast($to as date)
  group by daily_products.location_id, daily_products.product_id
),
cafes as (
  select count(distinct sold.location_id) as cafes, count(distinct strangers.location_id) as strangers
  from sold
  left join strangers on strangers.location_id = sold.location_id
)
select
  products.category,
  products.size,
  products.flavour,
  cast(max(cafes.cafes) as bigint) as cafes,
  cast(max(cafes.strangers) as bigint) as strangers,
  cast(sum(sold.pence) as bigint) as total_pence
from sold
join products on products.product_id = sold.product_id
cross join cafes
group by products.category, products.size, products.flavour
