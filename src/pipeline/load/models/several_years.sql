-- Grain: as known_years, of those who have another row. Not read from that, as metrics do: named twice, all columns of everybody would be
-- set aside first.
select location_id, customer_id, first_on
from customer_years
where not is_single
