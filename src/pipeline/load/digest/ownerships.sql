-- Grain: a café that a current file delivers for, and somebody who had it for a time.
select locations.name as cafe, ownerships.owner, ownerships.owned_from, ownerships.owned_until
from ownerships
join locations on locations.location_id = ownerships.location_id
where ownerships.location_id in (
  select deliveries.location_id
  from deliveries
  join files on files.file_id = deliveries.file_id
  where files.is_current
)
