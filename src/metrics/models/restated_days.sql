-- Grain: a café and business day whose figures a later file has corrected: a new version of the same file, or another file that
-- took the place of an earlier one, with other content. The same bytes read again, or sent again, restate nothing.
-- Reads: location_grants
select
  deliveries.location_id,
  deliveries.business_date
from deliveries
join location_grants on location_grants.location_id = deliveries.location_id
join files on files.file_id = deliveries.file_id
join files as later_files on later_files.file_id = deliveries.superseded_by
where
  not deliveries.counted
  and later_files.content_hash <> files.content_hash
group by deliveries.location_id, deliveries.business_date
