-- Grain: a café and part of the day, named by its first hour: before 11, 11 to 14, 14 to 17, after 17. Change in whole pence.
-- Reads: compared_days
with sides as (
  select location_id, business_date as side_date, 1 as direction
  from compared_days
  where outcome = 'compared'
  union all
  select location_id, before_date as side_date, -1 as direction
  from compared_days
  where outcome = 'compared'
),
hours as (
  select
    sides.location_id,
    case
      when hourly_sales.hour < 11 then 0
      when hourly_sales.hour < 14 then 11
      when hourly_sales.hour < 17 then 14
      else 17
    end as from_hour,
    sides.direction * hourly_sales.total_pence as signed_pence
  from sides
  join hourly_sales
    on hourly_sales.location_id = sides.location_id
    and hourly_sales.business_date = sides.side_date
  where
    hourly_sales.business_date between cast($from as date) and cast($to as date)
    or hourly_sales.business_date between cast($before_from as date) and cast($before_to as date)
)
select location_id as cafe_id, from_hour, cast(sum(signed_pence) as bigint) as difference_pence
from hours
group by location_id, from_hour
