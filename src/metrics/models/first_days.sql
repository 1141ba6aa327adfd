-- Grain: a café and a customer known there by a card or token: the first day they came to that café.
-- Reads: location_grants
select customer_years.location_id, customer_years.customer_id, min(customer_years.first_on) as first_on
from customer_years
join location_grants on location_grants.location_id = customer_years.location_id
where customer_years.is_card
group by customer_years.location_id, customer_years.customer_id
