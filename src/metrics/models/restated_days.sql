-- Grain: a café and business day whose figures a later file has corrected: a new version of the same file with other
-- content, or another file that took the place of an earlier one.
-- Reads: location_grants
with rewritten_files as (
  select source_id, key
  from files
  where status in ('loaded', 'superseded')
  group by source_id, key
  having count(distinct content_hash) > 1
),
corrections as (
  select deliveries.location_id, deliveries.business_date
  from deliveries
  join files on files.file_id = deliveries.file_id
  join rewritten_files on rewritten_files.source_id = files.source_id and rewritten_files.key = files.key
  where deliveries.counted
  union
  select deliveries.location_id, deliveries.business_date
  from deliveries
  join files on files.file_id = deliveries.file_id
  where deliveries.superseded_by is not null and files.status = 'superseded'
)
select corrections.location_id, corrections.business_date
from corrections
join location_grants on location_grants.location_id = corrections.location_id
