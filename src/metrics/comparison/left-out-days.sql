-- Grain: a run of days, one after the other, that a café is left out of both sides for one reason; place is the first day's in the
-- period (1 is its first), and its counterpart's in the comparison. A café that is not compared at all is one row, not hundreds.
-- Reads: compared_days
with numbered_days as (
  select business_date, row_number() over (order by business_date) as place
  from day_pairs
),
left_out_days as (
  select
    compared_days.location_id,
    compared_days.outcome,
    numbered_days.place,
    numbered_days.place - row_number() over (
      partition by compared_days.location_id, compared_days.outcome
      order by numbered_days.place
    ) as run
  from compared_days
  join numbered_days on numbered_days.business_date = compared_days.business_date
  where compared_days.outcome <> 'compared'
)
select
  location_id as cafe_id,
  outcome,
  cast(min(place) as bigint) as place,
  cast(count(*) as bigint) as days
from left_out_days
group by location_id, outcome, run
order by location_id, place
