-- Grain: a café and a day asked about with at least one receipt: the day's figures. The dates are repeated here, and in
-- delivered_days, so that a database reads those days and not the whole history.
select
  location_id,
  business_date,
  total_pence as pence,
  receipts,
  items,
  identified_receipts,
  identified_customers,
  reconciled_receipts
from daily_sales
where
  business_date between cast($from as date) and cast($to as date)
  or business_date between cast($before_from as date) and cast($before_to as date)
