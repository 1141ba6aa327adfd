-- Grain: a café and day with receipts of known customers.
select
  locations.name as cafe,
  business_date,
  receipts,
  items,
  total_pence,
  first_receipts,
  first_items,
  first_pence
from daily_known_sales
join locations on locations.location_id = daily_known_sales.location_id
