-- Grain: a café and a customer known by a card.
select
  locations.name as cafe,
  customers.identity_basis,
  customers.customer_hash,
  first_on,
  last_on,
  receipts,
  total_pence
from location_customers
join locations on locations.location_id = location_customers.location_id
join customers on customers.customer_id = location_customers.customer_id
