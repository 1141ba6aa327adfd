-- Grain: a café the question may be answered from. Every metric reaches its facts through these rows; see core/scope.ts.
select
  location_id,
  name,
  region,
  opened_on,
  closed_on
from locations
where position(',' || cast(location_id as varchar(12)) || ',' in cast($granted_locations as varchar(60000))) > 0
