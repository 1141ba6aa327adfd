-- Grain: a group of cafés and a customer who ever bought at one of them, with the day of the first receipt there.
-- Reads: customer_groups
select
  customer_groups.group_id,
  customer_years.customer_id,
  customer_years.is_card,
  min(customer_years.first_on) as first_on
from customer_years
join customer_groups on customer_groups.location_id = customer_years.location_id
group by customer_groups.group_id, customer_years.customer_id, customer_years.is_card
