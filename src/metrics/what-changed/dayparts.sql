-- Grain: a café and part of the day: both sides of what is compared. Whole pence.
-- Reads: compared_sides, dayparts
with cafe_hours as (
  select
    compared_sides.location_id,
    hourly_sales.hour as hour_of_day,
    sum(case when is_now = 1 then hourly_sales.receipts else 0 end) as now_receipts,
    sum(case when is_now = 0 then hourly_sales.receipts else 0 end) as before_receipts,
    sum(case when is_now = 1 then hourly_sales.items else 0 end) as now_items,
    sum(case when is_now = 0 then hourly_sales.items else 0 end) as before_items,
    sum(case when is_now = 1 then hourly_sales.total_pence else 0 end) as now_pence,
    sum(case when is_now = 0 then hourly_sales.total_pence else 0 end) as before_pence
  from compared_sides
  join hourly_sales
    on hourly_sales.location_id = compared_sides.location_id
    and hourly_sales.business_date = compared_sides.business_date
  where
    hourly_sales.business_date between cast($from as date) and cast($to as date)
    or hourly_sales.business_date between cast($before_from as date) and cast($before_to as date)
  group by compared_sides.location_id, hourly_sales.hour
)
select
  cafe_hours.location_id as cafe_id,
  dayparts.from_hour,
  dayparts.to_hour,
  cast(sum(now_receipts) as bigint) as now_receipts,
  cast(sum(before_receipts) as bigint) as before_receipts,
  cast(sum(now_items) as bigint) as now_items,
  cast(sum(before_items) as bigint) as before_items,
  cast(sum(now_pence) as bigint) as now_pence,
  cast(sum(before_pence) as bigint) as before_pence
from cafe_hours
join dayparts on cafe_hours.hour_of_day >= dayparts.from_hour and cafe_hours.hour_of_day < dayparts.to_hour
group by cafe_hours.location_id, dayparts.from_hour, dayparts.to_hour
order by cafe_hours.location_id, dayparts.from_hour
