-- Grain: a refused row (or a refused file, as one) with the café and business day it belongs to; null where neither the row
-- nor the rest of its file says. Not bound to a scope: readers join location_grants.
with file_days as (
  select file_id, min(location_id) as location_id, min(business_date) as business_date
  from deliveries
  group by file_id
  having count(*) = 1
)
select
  quarantine.file_id,
  quarantine.row_number,
  coalesce(locations.location_id, file_days.location_id) as location_id,
  coalesce(quarantine.business_date, file_days.business_date) as business_date,
  coalesce(quarantine.total_pence, 0) as pence
from quarantine
left join locations on locations.name = quarantine.location_name
left join file_days on file_days.file_id = quarantine.file_id
