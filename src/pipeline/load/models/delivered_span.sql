-- Grain: one row: the first and the last day with a delivery that counts.
select min(business_date) as first_on, max(business_date) as last_on
from deliveries
where counted
