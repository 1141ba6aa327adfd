-- Grain: a café, customer and year.
select
  locations.name as cafe,
  customers.identity_basis,
  customers.customer_hash,
  year,
  is_card,
  is_shared,
  first_on,
  last_on,
  jan_feb,
  mar_apr,
  may_jun,
  jul_aug,
  sep_oct,
  nov_dec,
  receipts,
  total_pence
from customer_years
join locations on locations.location_id = customer_years.location_id
join customers on customers.customer_id = customer_years.customer_id
