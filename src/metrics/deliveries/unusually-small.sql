-- Grain: a café and day of the period with an unusually small delivery, latest day first.
-- Reads: unusually_small
select
  location_id as cafe_id,
  name,
  region,
  business_date as date,
  receipts,
  usual_receipts
from unusually_small
order by business_date desc, name, location_id
