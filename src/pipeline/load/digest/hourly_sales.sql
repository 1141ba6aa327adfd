-- Grain: a café, day and hour of day.
select locations.name as cafe, business_date, hour, receipts, items, total_pence
from hourly_sales
join locations on locations.location_id = hourly_sales.location_id
