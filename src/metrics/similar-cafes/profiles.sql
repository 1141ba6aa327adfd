-- Grain: a café and what it sells when: kind is 'daypart' with the first hour of the part of the day and its receipts, 'category'
-- with the category and its items, or 'all' with the days delivered and all receipts. Counts only.
-- Reads: cafe_days, dayparts
with delivered as (
  select location_id, business_date, receipts
  from cafe_days
  where state = 'in'
),
cafe_hours as (
  select delivered.location_id, hourly_sales.hour as hour_of_day, sum(hourly_sales.receipts) as receipts
  from delivered
  join hourly_sales
    on hourly_sales.location_id = delivered.location_id
    and hourly_sales.business_date = delivered.business_date
  where hourly_sales.business_date between cast($from as date) and cast($to as date)
  group by delivered.location_id, hourly_sales.hour
),
cafe_products as (
  select delivered.location_id, daily_products.product_id, sum(daily_products.items) as items
  from delivered
  join daily_products
    on daily_products.location_id = delivered.location_id
    and daily_products.business_date = delivered.business_date
  where daily_products.business_date between cast($from as date) and cast($to as date)
  group by delivered.location_id, daily_products.product_id
),
counts as (
  select location_id, 'all' as kind, 'days' as part, count(*) as amount
  from delivered
  group by location_id
  union all
  select location_id, 'all' as kind, 'receipts' as part, sum(receipts) as amount
  from delivered
  group by location_id
  union all
  select
    cafe_hours.location_id,
    'daypart' as kind,
    cast(dayparts.from_hour as varchar(40)) as part,
    sum(cafe_hours.receipts) as amount
  from cafe_hours
  join dayparts on cafe_hours.hour_of_day >= dayparts.from_hour and cafe_hours.hour_of_day < dayparts.to_hour
  group by cafe_hours.location_id, dayparts.from_hour
  union all
  select cafe_products.location_id, 'category' as kind, products.category as part, sum(cafe_products.items) as amount
  from cafe_products
  join products on products.product_id = cafe_products.product_id
  group by cafe_products.location_id, products.category
)
select location_id as cafe_id, kind, part, cast(amount as bigint) as amount
from counts
order by location_id, kind, part
