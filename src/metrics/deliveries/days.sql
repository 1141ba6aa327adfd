-- Grain: a café and day of the period that is missing, closed as planned, or restated.
-- Reads: cafe_days, restated_days
select
  cafe_days.location_id as cafe_id,
  cafe_days.business_date as date,
  cafe_days.state,
  cafe_days.closure_reason,
  case when restated_days.location_id is null then 0 else 1 end as is_restated
from cafe_days
left join restated_days
  on restated_days.location_id = cafe_days.location_id
  and restated_days.business_date = cafe_days.business_date
where cafe_days.state in ('missing', 'closed') or restated_days.location_id is not null
order by cafe_days.location_id, cafe_days.business_date
