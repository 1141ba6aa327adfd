-- Grain: a weekday (Monday is 1) and hour of the local clock, over the period. receipts_a_day is each café's mean over the days it
-- delivered, summed over cafés; cafes is how many delivered such a weekday. The whole period's café-days stand on every row;
-- where nothing was delivered there is one row with nothing else.
-- Reads: cafe_days
with all_days as (
  select
    coalesce(sum(case when state in ('in', 'missing') then 1 else 0 end), 0) as days_expected,
    coalesce(sum(case when state = 'in' then 1 else 0 end), 0) as days_in
  from cafe_days
),
delivered as (
  select location_id, business_date, weekday
  from cafe_days
  where state = 'in'
),
cafe_weekdays as (
  select location_id, weekday, count(*) as days
  from delivered
  group by location_id, weekday
),
weekday_cafes as (
  select weekday, count(*) as cafes
  from cafe_weekdays
  group by weekday
),
cafe_hours as (
  select
    delivered.location_id,
    delivered.weekday,
    hourly_sales.hour as hour_of_day,
    sum(hourly_sales.receipts) as receipts
  from delivered
  join hourly_sales
    on hourly_sales.location_id = delivered.location_id
    and hourly_sales.business_date = delivered.business_date
  where hourly_sales.business_date between cast($from as date) and cast($to as date)
  group by delivered.location_id, delivered.weekday, hourly_sales.hour
),
levels as (
  select
    weekday_cafes.weekday,
    cafe_hours.hour_of_day,
    max(weekday_cafes.cafes) as cafes,
    sum(cast(cafe_hours.receipts as double precision) / cafe_weekdays.days) as receipts_a_day
  from weekday_cafes
  join cafe_weekdays on cafe_weekdays.weekday = weekday_cafes.weekday
  left join cafe_hours
    on cafe_hours.weekday = cafe_weekdays.weekday
    and cafe_hours.location_id = cafe_weekdays.location_id
  group by weekday_cafes.weekday, cafe_hours.hour_of_day
)
select
  levels.weekday,
  levels.hour_of_day,
  cast(levels.cafes as bigint) as cafes,
  levels.receipts_a_day,
  cast(all_days.days_expected as bigint) as days_expected,
  cast(all_days.days_in as bigint) as days_in
from all_days
left join levels on 1 = 1
order by levels.weekday, levels.hour_of_day
