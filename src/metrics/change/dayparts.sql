-- Grain: a part of the day and a café with sales in it on some compared day; a part without any is one row with no café. The
-- difference between both sides of what is compared, in whole pence.
-- Reads: day_sides, dayparts
with cafe_hours as (
  select
    day_sides.location_id,
    hourly_sales.hour as hour_of_day,
    sum(case when day_sides.is_now = 1 then hourly_sales.total_pence else -hourly_sales.total_pence end) as difference_pence
  from day_sides
  join hourly_sales
    on hourly_sales.location_id = day_sides.location_id
    and hourly_sales.business_date = day_sides.business_date
  where
    day_sides.is_compared = 1
    and (
      hourly_sales.business_date between cast($from as date) and cast($to as date)
      or hourly_sales.business_date between cast($before_from as date) and cast($before_to as date)
    )
  group by day_sides.location_id, hourly_sales.hour
)
select
  dayparts.from_hour,
  dayparts.to_hour,
  cafe_hours.location_id as cafe_id,
  cast(coalesce(sum(cafe_hours.difference_pence), 0) as bigint) as difference_pence
from dayparts
left join cafe_hours on cafe_hours.hour_of_day >= dayparts.from_hour and cafe_hours.hour_of_day < dayparts.to_hour
group by dayparts.from_hour, dayparts.to_hour, cafe_hours.location_id
order by dayparts.from_hour, cafe_hours.location_id
