-- Grain: a café and day with first visits.
select locations.name as cafe, business_date, receipts, items, total_pence
from daily_first_visits
join locations on locations.location_id = daily_first_visits.location_id
