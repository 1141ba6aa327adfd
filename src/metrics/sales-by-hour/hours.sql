-- Grain: a weekday (Monday is 1), an hour of the local clock, and how many such weekdays a café delivered in the period: receipts and
-- pence of those cafés, in whole numbers, so that means can be taken in one order whatever the database's. cafes is how many
-- delivered such a weekday at all. The whole period's café-days stand on every row; where nothing was delivered there is one row
-- with nothing else.
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
    sum(hourly_sales.receipts) as receipts,
    sum(hourly_sales.total_pence) as pence
  from delivered
  join hourly_sales
    on hourly_sales.location_id = delivered.location_id
    and hourly_sales.business_date = delivered.business_date
  where hourly_sales.business_date between cast($from as date) and cast($to as date)
  group by delivered.location_id, delivered.weekday, hourly_sales.hour
),
levels as (
  select
    cafe_weekdays.weekday,
    cafe_hours.hour_of_day,
    cafe_weekdays.days,
    sum(cafe_hours.receipts) as receipts,
    sum(cafe_hours.pence) as pence
  from cafe_weekdays
  left join cafe_hours
    on cafe_hours.weekday = cafe_weekdays.weekday
    and cafe_hours.location_id = cafe_weekdays.location_id
  group by cafe_weekdays.weekday, cafe_hours.hour_of_day, cafe_weekdays.days
)
select
  levels.weekday,
  levels.hour_of_day,
  cast(levels.days as bigint) as days,
  cast(weekday_cafes.cafes as bigint) as cafes,
  cast(levels.receipts as bigint) as receipts,
  cast(levels.pence as bigint) as pence,
  cast(all_days.days_expected as bigint) as days_expected,
  cast(all_days.days_in as bigint) as days_in
from all_days
left join levels on 1 = 1
left join weekday_cafes on weekday_cafes.weekday = levels.weekday
order by levels.weekday, levels.hour_of_day, levels.days
