-- Grain: a refused row, or a refused file.
select
  files.source_id as source,
  files.key,
  quarantine.row_number,
  quarantine.reason,
  quarantine.location_name,
  quarantine.business_date,
  quarantine.total_pence,
  quarantine.detail
from quarantine
join files on files.file_id = quarantine.file_id
