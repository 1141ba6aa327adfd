-- Grain: a café and day of the period that is missing, closed as planned, or restated.
-- Reads: cafe_days
select
  location_id as cafe_id,
  business_date as date,
  state,
  closure_reason,
  case when restated then 1 else 0 end as is_restated
from cafe_days
where state in ('missing', 'closed') or restated
order by location_id, business_date
