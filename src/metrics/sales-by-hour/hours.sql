-- Grain: the period (is_now is 1) or the usual days before it (from $usual_from; 0), a weekday (Monday is 1), an hour of the local
-- clock, and how many such weekdays a café delivered then: receipts and pence of those cafés, in whole numbers, so that means can be
-- taken in one order whatever the database's. Days without a receipt have no hour.
-- A weekday is told by the days since a Monday, which needs no calendar.
-- Reads: location_grants
with delivered as (
  select
    location_days.location_id,
    location_days.business_date,
    mod(location_days.business_date - cast('1999-12-27' as date), 7) + 1 as weekday,
    case when location_days.business_date >= cast($from as date) then 1 else 0 end as is_now
  from location_days
  join location_grants on location_grants.location_id = location_days.location_id
  where location_days.state = 'in' and location_days.business_date between cast($usual_from as date) and cast($to as date)
),
counted_days as (
  select *, count(*) over (partition by location_id, weekday, is_now) as days
  from delivered
)
select
  counted_days.is_now,
  counted_days.weekday,
  hourly_sales.hour as hour_of_day,
  cast(counted_days.days as bigint) as days,
  cast(sum(hourly_sales.receipts) as bigint) as receipts,
  cast(sum(hourly_sales.total_pence) as bigint) as pence
from counted_days
left join hourly_sales
  on hourly_sales.location_id = counted_days.location_id
  and hourly_sales.business_date = counted_days.business_date
  and hourly_sales.business_date between cast($usual_from as date) and cast($to as date)
group by counted_days.is_now, counted_days.weekday, hourly_sales.hour, counted_days.days
order by counted_days.is_now, counted_days.weekday, hourly_sales.hour, counted_days.days
