-- Grain: a group of cafés and a café in it. Group 0 is all cafés asked about; where $by_cafe is 1, each of them is a group as well,
-- by its id, so that what a café's own answer would show is known.
-- Reads: location_grants
select 0 as group_id, location_id
from location_grants
union all
select location_id, location_id
from location_grants
where cast($by_cafe as integer) = 1
