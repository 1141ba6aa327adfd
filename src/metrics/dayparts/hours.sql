-- Grain: a part of the day: everything delivered in the period, and both sides of what is compared with
-- its counterpart. Whole pence.
-- Reads: day_sides, dayparts
with hours as (
  select
    hourly_sales.hour as hour_of_day,
    sum(case when is_now = 1 then hourly_sales.receipts else 0 end) as receipts,
    sum(case when is_now = 1 then hourly_sales.items else 0 end) as items,
    sum(case when is_now = 1 then hourly_sales.total_pence else 0 end) as pence,
    sum(case when is_now = 1 and is_compared = 1 then hourly_sales.receipts else 0 end) as now_receipts,
    sum(case when is_now = 0 then hourly_sales.receipts else 0 end) as before_receipts,
    sum(case when is_now = 1 and is_compared = 1 then hourly_sales.items else 0 end) as now_items,
    sum(case when is_now = 0 then hourly_sales.items else 0 end) as before_items,
    sum(case when is_now = 1 and is_compared = 1 then hourly_sales.total_pence else 0 end) as now_pence,
    sum(case when is_now = 0 then hourly_sales.total_pence else 0 end) as before_pence
  from day_sides
  join hourly_sales
    on hourly_sales.location_id = day_sides.location_id
    and hourly_sales.business_date = day_sides.business_date
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
