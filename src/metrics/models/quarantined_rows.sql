-- Grain: a refused row (or a refused file, as one) with the café and business day it belongs to, as far as the row or else the
-- file's key says. Not bound to a scope: readers join location_grants, or a table that did.
with cafe_names as (
  select lower(name) as name, min(location_id) as location_id
  from location_names
  group by lower(name)
)
select
  quarantine.row_number,
  cafe_names.location_id,
  coalesce(quarantine.business_date, files.key_date) as business_date,
  coalesce(quarantine.total_pence, 0) as pence
from quarantine
join files on files.file_id = quarantine.file_id
left join cafe_names on cafe_names.name = lower(coalesce(quarantine.location_name, files.key_cafe))
