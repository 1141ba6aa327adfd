-- Grain: a café and day asked about, of the period ($from to $to) or of its comparison ($before_from to $before_to; null when there
-- is none), that lies between the first and the last with data: what was expected of it and what came (see location_days for its
-- states).
-- Reads: location_grants
select
  location_grants.location_id,
  location_grants.name,
  location_grants.region,
  location_days.business_date,
  location_days.state,
  location_days.closure_reason,
  location_days.bank_holiday,
  location_days.total_pence as pence,
  location_days.receipts,
  location_days.items,
  location_days.identified_receipts,
  location_days.identified_customers,
  location_days.reconciled_receipts,
  location_days.delivered_at,
  location_days.restated,
  location_days.refused_rows,
  location_days.refused_pence
from location_days
join location_grants on location_grants.location_id = location_days.location_id
where
  location_days.business_date between cast($from as date) and cast($to as date)
  or location_days.business_date between cast($before_from as date) and cast($before_to as date)
