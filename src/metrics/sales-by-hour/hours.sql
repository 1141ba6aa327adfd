-- Grain: the period (is_now is 1) or the usual days before it (0), a weekday, an hour of the local clock, and how many such weekdays a
-- café delivered then: receipts and pence of those cafés, in whole numbers, so that means can be taken in one order whatever the
-- database's. Days without a receipt have no hour.
-- Reads: usual_days
with counted_days as (
  select *, count(*) over (partition by location_id, weekday, is_now) as days
  from usual_days
  where state = 'in'
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
