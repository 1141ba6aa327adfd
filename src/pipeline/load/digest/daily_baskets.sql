-- Grain: a café and day with lines.
select locations.name as cafe, business_date, receipts, baskets
from daily_baskets
join locations on locations.location_id = daily_baskets.location_id
