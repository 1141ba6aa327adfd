-- Grain: a window (see window_customers) and a café in it: the 13 weeks that end with the period ($to) and those before ($before_to, else
-- null), of all cafés asked about together (group 0), and of each by itself: where everybody is
-- described ($everybody is 1), only if each is a group as well ($by_cafe). What was spent is wanted of the period alone.
-- Reads: location_grants
with sides as (
  select week_start, is_in_one_year, case when to_on = cast($to as date) then 1 else 0 end as is_now
  from thirteen_weeks
  where to_on = cast($to as date) or to_on = cast($before_to as date)
)
select
  sides.is_now as window_no,
  0 as group_id,
  location_grants.location_id,
  sides.week_start,
  true as is_several,
  sides.is_now = 1 as with_pence
from location_grants
cross join sides
union all
select
  2 * location_grants.location_id + sides.is_now,
  location_grants.location_id,
  location_grants.location_id,
  sides.week_start,
  not sides.is_in_one_year,
  sides.is_now = 1
from location_grants
cross join sides
where cast($everybody as integer) = 0 or cast($by_cafe as integer) = 1
