-- Grain: a café, customer and year.
select
  locations.name as cafe,
  customers.identity_basis,
  customers.customer_hash,
  year,
  is_card,
  is_shared,
  is_single,
  first_on,
  last_on,
  jan_feb,
  mar_apr,
  may_jun,
  jul_aug,
  sep_oct,
  nov_dec,
  receipts,
  jan_pence,
  feb_pence,
  mar_pence,
  apr_pence,
  may_pence,
  jun_pence,
  jul_pence,
  aug_pence,
  sep_pence,
  oct_pence,
  nov_pence,
  dec_pence
from customer_years
join locations on locations.location_id = customer_years.location_id
join customers on customers.customer_id = customer_years.customer_id
