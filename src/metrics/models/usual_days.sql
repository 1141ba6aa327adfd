-- Grain: a café and day, of the period (is_now is 1) or of the usual days before it (from $usual_from; 0), with its weekday (Monday
-- is 1), told by the days since a Monday, which needs no calendar.
-- Reads: location_grants
select
  location_days.location_id,
  location_days.business_date,
  location_days.state,
  mod(location_days.business_date - cast('1999-12-27' as date), 7) + 1 as weekday,
  case when location_days.business_date >= cast($from as date) then 1 else 0 end as is_now
from location_days
join location_grants on location_grants.location_id = location_days.location_id
where location_days.business_date between cast($usual_from as date) and cast($to as date)
