-- Grain: a café and day.
select
  locations.name as cafe,
  business_date,
  receipts,
  items,
  total_pence,
  card_receipts,
  identified_receipts,
  identified_items,
  identified_pence,
  identified_customers,
  reconciled_receipts
from daily_sales
join locations on locations.location_id = daily_sales.location_id
