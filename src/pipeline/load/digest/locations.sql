-- Grain: a café that a current file delivers for. One that only a corrected file once named is history.
select
  name,
  region,
  country,
  cast(latitude as decimal(9, 6)) as latitude,
  cast(longitude as decimal(9, 6)) as longitude,
  opened_on,
  closed_on,
  case when placed then 1 else 0 end as placed
from locations
where location_id in (
  select deliveries.location_id
  from deliveries
  join files on files.file_id = deliveries.file_id
  where files.is_current
)
