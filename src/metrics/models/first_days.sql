-- Grain: a café and a customer known there by a card or token: the first day they came to that café.
-- Reads: location_grants
select location_customers.location_id, location_customers.customer_id, location_customers.first_on
from location_customers
join location_grants on location_grants.location_id = location_customers.location_id
