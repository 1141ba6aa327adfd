-- Grain: a café and product (a name and a flavour, sizes summed): both sides of what is compared. Whole pence.
-- Reads: compared_sides
with cafe_products as (
  select
    compared_sides.location_id,
    daily_products.product_id,
    sum(case when is_now = 1 then daily_products.items else 0 end) as now_items,
    sum(case when is_now = 0 then daily_products.items else 0 end) as before_items,
    sum(case when is_now = 1 then daily_products.total_pence else 0 end) as now_pence,
    sum(case when is_now = 0 then daily_products.total_pence else 0 end) as before_pence
  from compared_sides
  join daily_products
    on daily_products.location_id = compared_sides.location_id
    and daily_products.business_date = compared_sides.business_date
  where
    daily_products.business_date between cast($from as date) and cast($to as date)
    or daily_products.business_date between cast($before_from as date) and cast($before_to as date)
  group by compared_sides.location_id, daily_products.product_id
)
select
  cafe_products.location_id as cafe_id,
  products.name as product,
  products.flavour,
  cast(sum(now_items) as bigint) as now_items,
  cast(sum(before_items) as bigint) as before_items,
  cast(sum(now_pence) as bigint) as now_pence,
  cast(sum(before_pence) as bigint) as before_pence
from cafe_products
join products on products.product_id = cafe_products.product_id
group by cafe_products.location_id, products.name, products.flavour
order by cafe_products.location_id, products.name, products.flavour
