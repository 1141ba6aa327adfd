-- Grain: a product (a name and a flavour, sizes summed) sold in the period or on a compared day before it. Pence are whole.
-- Reads: day_sides
with sold as (
  select
    daily_products.product_id,
    sum(case when day_sides.is_now = 1 then daily_products.items else 0 end) as items,
    sum(case when day_sides.is_now = 1 then daily_products.total_pence else 0 end) as pence,
    sum(case when day_sides.is_now = 1 and day_sides.is_compared = 1 then daily_products.items else 0 end) as now_items,
    sum(case when day_sides.is_now = 1 and day_sides.is_compared = 1 then daily_products.total_pence else 0 end) as now_pence,
    sum(case when day_sides.is_now = 0 then daily_products.items else 0 end) as before_items,
    sum(case when day_sides.is_now = 0 then daily_products.total_pence else 0 end) as before_pence
  from day_sides
  join daily_products
    on daily_products.location_id = day_sides.location_id
    and daily_products.business_date = day_sides.business_date
  where
    daily_products.business_date between cast($from as date) and cast($to as date)
    or daily_products.business_date between cast($before_from as date) and cast($before_to as date)
  group by daily_products.product_id
)
select
  products.name,
  products.flavour,
  min(products.category) as category,
  cast(sum(sold.items) as bigint) as items,
  cast(sum(sold.pence) as bigint) as total_pence,
  cast(sum(sold.now_items) as bigint) as now_items,
  cast(sum(sold.now_pence) as bigint) as now_pence,
  cast(sum(sold.before_items) as bigint) as before_items,
  cast(sum(sold.before_pence) as bigint) as before_pence
from sold
join products on products.product_id = sold.product_id
group by products.name, products.flavour
