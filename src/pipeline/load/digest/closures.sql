-- Grain: a day on which a café that a current file delivers for is closed as planned.
select locations.name as cafe, closures.date, closures.reason
from closures
join locations on locations.location_id = closures.location_id
where closures.location_id in (
  select deliveries.location_id
  from deliveries
  join files on files.file_id = deliveries.file_id
  where files.is_current
)
