-- Grain: a run of days, one after the other, that a café is left out of both sides for one reason; place is the first day's in the
-- period (1 is its first), and its counterpart's in the comparison. A café that is not compared at all is one row, not hundreds.
-- Reads: compared_days
with left_out_days as (
  select
    location_id,
    outcome,
    business_date - cast($from as date) + 1 as place,
    business_date - cast($from as date) + 1 - row_number() over (
      partition by location_id, outcome
      order by business_date
    ) as run
  from compared_days
  where outcome <> 'compared'
)
select
  location_id as cafe_id,
  outcome,
  cast(min(place) as bigint) as place,
  cast(count(*) as bigint) as days
from left_out_days
group by location_id, outcome, run
order by location_id, place
