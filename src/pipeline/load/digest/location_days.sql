-- Grain: a café and day. When it was loaded differs from one warehouse to the next.
select
  locations.name as cafe,
  business_date,
  state,
  location_days.opened_on,
  closure_reason,
  bank_holiday,
  receipts,
  items,
  total_pence,
  identified_receipts,
  identified_customers,
  reconciled_receipts,
  refused_rows,
  refused_pence
from location_days
join locations on locations.location_id = location_days.location_id
