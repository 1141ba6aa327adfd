-- Grain: a café and block of seven days of the period, which is a whole number of such blocks; week 1 is the earliest. Like for like.
-- Reads: compared_days
with numbered_days as (
  select business_date, row_number() over (order by business_date) as place
  from asked_days
  where business_date between cast($from as date) and cast($to as date)
),
day_weeks as (
  select business_date, cast(ceil(place / 7.0) as integer) as week_number
  from numbered_days
)
select
  compared_days.location_id as cafe_id,
  day_weeks.week_number,
  cast(sum(compared_days.now_pence) as bigint) as now_pence,
  cast(sum(compared_days.before_pence) as bigint) as before_pence
from compared_days
join day_weeks on day_weeks.business_date = compared_days.business_date
where compared_days.outcome = 'compared'
group by compared_days.location_id, day_weeks.week_number
