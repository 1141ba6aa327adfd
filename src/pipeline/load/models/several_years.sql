-- Grain: the same of those who have another row.
select location_id, customer_id, first_on
from customer_years
where not is_single
