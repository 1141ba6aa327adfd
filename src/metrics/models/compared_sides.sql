-- Grain: a café and day on one side of what is compared: is_now is 1 for the period, 0 for what it is compared with.
-- $day_by_day is 1 where each day is compared with its counterpart (paired_days says which are); 0 where two periods are
-- compared as wholes, which may differ in length: then a café counts with the days it delivered, if it did so in both.
-- Reads: cafe_days, day_sides
with delivered as (
  select location_id, business_date, 1 as is_now
  from cafe_days
  where state = 'in' and business_date between cast($from as date) and cast($to as date) and cast($day_by_day as integer) = 0
  union all
  select location_id, business_date, 0 as is_now
  from cafe_days
  where
    state = 'in'
    and business_date between cast($before_from as date) and cast($before_to as date)
    and cast($day_by_day as integer) = 0
),
in_both as (
  select location_id
  from delivered
  group by location_id
  having min(is_now) < max(is_now)
)
select location_id, business_date, is_now
from day_sides
where is_compared = 1 and cast($day_by_day as integer) = 1
union all
select delivered.location_id, delivered.business_date, delivered.is_now
from delivered
join in_both on in_both.location_id = delivered.location_id
