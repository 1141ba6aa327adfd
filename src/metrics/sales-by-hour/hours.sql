-- Grain: a weekday (Monday is 1) and hour of the local clock, over the period. receipts_a_day is each café's mean over the days it
-- delivered, summed over cafés; cafes is how many delivered such a weekday.
-- Reads: cafe_days
with delivered as (
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
  group by delivered.location_id, delivered.weekday, hourly_sales.hour
)
select
  weekday_cafes.weekday,
  cafe_hours.hour_of_day,
  cast(max(weekday_cafes.cafes) as bigint) as cafes,
  sum(cast(cafe_hours.receipts as double precision) / cafe_weekdays.days) as receipts_a_day
from weekday_cafes
join cafe_weekdays on cafe_weekdays.weekday = weekday_cafes.weekday
left join cafe_hours
  on cafe_hours.weekday = cafe_weekdays.weekday
  and cafe_hours.location_id = cafe_weekdays.location_id
group by weekday_cafes.weekday, cafe_hours.hour_of_day
order by weekday_cafes.weekday, cafe_hours.hour_of_day
