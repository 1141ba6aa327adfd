-- Grain: one row: the café's whole day.
-- Reads: location_grants
select
  cast(coalesce(sum(daily_sales.receipts), 0) as bigint) as receipts,
  cast(coalesce(sum(daily_sales.total_pence), 0) as bigint) as total_pence
from daily_sales
join location_grants on location_grants.location_id = daily_sales.location_id
where
  daily_sales.location_id = $location_id
  and daily_sales.business_date = cast($from as date)
