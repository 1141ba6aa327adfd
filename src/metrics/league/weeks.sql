-- Grain: a café and block of seven days of the period, which is a whole number of such blocks; week 1 is the earliest. Like for like,
-- against a counterpart that overlaps the period where it lies a week back: only $shift_days counts here.
-- Reads: compared_days
with numbered_days as (
  select
    location_id,
    cast(floor((business_date - cast($from as date)) / 7.0) as integer) + 1 as week_number,
    now_pence,
    before_pence
  from compared_days
  where outcome = 'compared'
)
select
  location_id as cafe_id,
  week_number,
  cast(sum(now_pence) as bigint) as now_pence,
  cast(sum(before_pence) as bigint) as before_pence
from numbered_days
group by location_id, week_number
