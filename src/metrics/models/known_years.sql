-- Grain: as customer_years, at the cafés asked about: where $everybody is 0, of customers who came to several cafés of the chain: of all
-- others each café knows enough. Names are there where $with_names is 1.
-- Reads: location_grants
select customer_years.*
from customer_years
join location_grants on location_grants.location_id = customer_years.location_id
where
  (customer_years.is_shared or cast($everybody as integer) = 1)
  and (customer_years.is_card or cast($with_names as integer) = 1)
