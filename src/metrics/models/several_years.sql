-- Grain: as known_years, of those who have another row.
-- Reads: known_years
select location_id, customer_id, first_on
from known_years
where not is_single
