-- Grain: a café and day of a current file.
select
  files.source_id as source,
  files.key,
  locations.name as cafe,
  deliveries.business_date,
  deliveries.receipts,
  deliveries.total_pence,
  case when deliveries.counted then 1 else 0 end as counted,
  others.key as superseded_by,
  cast(deliveries.overlap_share as decimal(9, 6)) as overlap_share
from deliveries
join files on files.file_id = deliveries.file_id
join locations on locations.location_id = deliveries.location_id
left join files as others on others.file_id = deliveries.superseded_by
where files.is_current
