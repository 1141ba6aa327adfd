-- Grain: as customer_years: everybody is described.
select *
from customer_years
