-- Grain: a part of the day: everything delivered in the period, and both sides of what is compared with
-- its counterpart. Whole pence.
-- Reads: cafe_days, compared_days, dayparts
with sides as (
  select
    location_id,
    business_date,
    1 as is_all,
    0 as is_now,
    0 as is_before
  from cafe_days
  where business_date between cast($from as date) and cast($to as date)
  union all
  select
    location_id,
    business_date,
    0 as is_all,
    1 as is_now,
    0 as is_before
  from compared_days
  where outcome = 'compared'
  union all
  select
    location_id,
    before_date as business_date,
    0 as is_all,
    0 as is_now,
    1 as is_before
  from compared_days
  where outcome = 'compared'
),
cafe_days_sides as (
  select
    location_id,
    business_date,
    sum(is_all) as is_all,
    sum(is_now) as is_now,
    sum(is_before) as is_before
  from sides
  group by location_id, business_date
),
hours as (
  select
    hourly_sales.hour as hour_of_day,
    sum(is_all * hourly_sales.receipts) as receipts,
    sum(is_all * hourly_sales.items) as items,
    sum(is_all * hourly_sales.total_pence) as pence,
    sum(is_now * hourly_sales.receipts) as now_receipts,
    sum(is_before * hourly_sales.receipts) as before_receipts,
    sum(is_now * hourly_sales.items) as now_items,
    sum(is_before * hourly_sales.items) as before_items,
    sum(is_now * hourly_sales.total_pence) as now_pence,
    sum(is_before * hourly_sales.total_pence) as before_pence
  from cafe_days_sides
  join hourly_sales
    on hourly_sales.location_id = cafe_days_sides.location_id
    and hourly_sales.business_date = cafe_days_sides.business_date
  where
    hourly_sales.business_date between cast($from as date) and cast($to as date)
    or hourly_sales.business_date between cast($before_from as date) and cast($before_to as date)
  group by hourly_sales.hour
)
select
  dayparts.from_hour,
  dayparts.to_hour,
  cast(coalesce(sum(receipts), 0) as bigint) as receipts,
  cast(coalesce(sum(items), 0) as bigint) as items,
  cast(coalesce(sum(pence), 0) as bigint) as pence,
  cast(coalesce(sum(now_receipts), 0) as bigint) as now_receipts,
  cast(coalesce(sum(before_receipts), 0) as bigint) as before_receipts,
  cast(coalesce(sum(now_items), 0) as bigint) as now_items,
  cast(coalesce(sum(before_items), 0) as bigint) as before_items,
  cast(coalesce(sum(now_pence), 0) as bigint) as now_pence,
  cast(coalesce(sum(before_pence), 0) as bigint) as before_pence
from dayparts
left join hours on hours.hour_of_day >= dayparts.from_hour and hours.hour_of_day < dayparts.to_hour
group by dayparts.from_hour, dayparts.to_hour
order by dayparts.from_hour
