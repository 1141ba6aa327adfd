-- Grain: a product (a name and a flavour, sizes summed) sold in the period or on a compared day before it. Pence are whole.
-- Reads: cafe_days, compared_days
with sold_now as (
  select
    daily_products.product_id,
    sum(daily_products.items) as items,
    sum(daily_products.total_pence) as pence,
    sum(case when compared_days.outcome = 'compared' then daily_products.items else 0 end) as compared_items,
    sum(case when compared_days.outcome = 'compared' then daily_products.total_pence else 0 end) as compared_pence
  from cafe_days
  join daily_products
    on daily_products.location_id = cafe_days.location_id
    and daily_products.business_date = cafe_days.business_date
  left join compared_days
    on compared_days.location_id = cafe_days.location_id
    and compared_days.business_date = cafe_days.business_date
  where daily_products.business_date between cast($from as date) and cast($to as date)
  group by daily_products.product_id
),
sold_before as (
  select
    daily_products.product_id,
    sum(daily_products.items) as items,
    sum(daily_products.total_pence) as pence
  from compared_days
  join daily_products
    on daily_products.location_id = compared_days.location_id
    and daily_products.business_date = compared_days.before_date
  where
    compared_days.outcome = 'compared'
    and daily_products.business_date between cast($before_from as date) and cast($before_to as date)
  group by daily_products.product_id
)
select
  products.name,
  products.flavour,
  min(products.category) as category,
  cast(sum(coalesce(sold_now.items, 0)) as bigint) as items,
  cast(sum(coalesce(sold_now.pence, 0)) as bigint) as total_pence,
  cast(sum(coalesce(sold_now.compared_items, 0)) as bigint) as now_items,
  cast(sum(coalesce(sold_now.compared_pence, 0)) as bigint) as now_pence,
  cast(sum(coalesce(sold_before.items, 0)) as bigint) as before_items,
  cast(sum(coalesce(sold_before.pence, 0)) as bigint) as before_pence
from products
left join sold_now on sold_now.product_id = products.product_id
left join sold_before on sold_before.product_id = products.product_id
where sold_now.product_id is not null or sold_before.product_id is not null
group by products.name, products.flavour
