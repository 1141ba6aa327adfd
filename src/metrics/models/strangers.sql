-- Grain: a café the question may be answered from that the caller may not see: it may be in a benchmark, which needs three of them or none.
-- $caller_locations are those the caller may see, as scopes are written.
-- Reads: location_grants
select location_id
from location_grants
where position(',' || cast(location_id as varchar(12)) || ',' in cast($caller_locations as varchar(60000))) = 0
