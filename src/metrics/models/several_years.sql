-- Grain: as known_years: all of these have another row.
-- Reads: known_years
select location_id, customer_id, first_on
from known_years
