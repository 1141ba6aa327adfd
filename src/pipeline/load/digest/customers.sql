-- Grain: a customer with a receipt that counts. Others were seen only by files that are history, or held.
select
  customers.identity_basis,
  customers.customer_hash,
  customers.first_seen_on,
  customers.last_seen_on,
  locations.name as home
from customers
left join locations on locations.location_id = customers.home_location_id
where customers.first_seen_on is not null
