-- Grain: a region, category, size and flavour sold in the period or on a compared day before it. Pence are whole.
-- Reads: cafe_days, compared_days
with sold as (
  select
    cafe_days.region,
    daily_products.product_id,
    sum(daily_products.items) as items,
    sum(daily_products.total_pence) as pence,
    sum(case when compared_days.outcome = 'compared' then daily_products.items else 0 end) as now_items,
    sum(case when compared_days.outcome = 'compared' then daily_products.total_pence else 0 end) as now_pence,
    0 as before_items,
    0 as before_pence
  from cafe_days
  join daily_products
    on daily_products.location_id = cafe_days.location_id
    and daily_products.business_date = cafe_days.business_date
  left join compared_days
    on compared_days.location_id = cafe_days.location_id
    and compared_days.business_date = cafe_days.business_date
  where daily_products.business_date between cast($from as date) and cast($to as date)
  group by cafe_days.region, daily_products.product_id
  union all
  select
    compared_days.region,
    daily_products.product_id,
    0 as items,
    0 as pence,
    0 as now_items,
    0 as now_pence,
    sum(daily_products.items) as before_items,
    sum(daily_products.total_pence) as before_pence
  from compared_days
  join daily_products
    on daily_products.location_id = compared_days.location_id
    and daily_products.business_date = compared_days.before_date
  where
    compared_days.outcome = 'compared'
    and daily_products.business_date between cast($before_from as date) and cast($before_to as date)
  group by compared_days.region, daily_products.product_id
)
select
  sold.region,
  products.category,
  products.size,
  products.flavour,
  cast(sum(sold.items) as bigint) as items,
  cast(sum(sold.pence) as bigint) as total_pence,
  cast(sum(sold.now_items) as bigint) as now_items,
  cast(sum(sold.now_pence) as bigint) as now_pence,
  cast(sum(sold.before_items) as bigint) as before_items,
  cast(sum(sold.before_pence) as bigint) as before_pence
from sold
join products on products.product_id = sold.product_id
group by sold.region, products.category, products.size, products.flavour
