-- Grain: a customer and a year with a receipt of them in the period or near it, at the cafés asked about: the six masks of all of
-- these cafés. Names are there where $with_names is 1. Who buys at one café only is a row already; the others are put together.
-- Reads: location_grants
select
  customer_years.customer_id,
  customer_years.year,
  customer_years.is_card,
  customer_years.jan_feb,
  customer_years.mar_apr,
  customer_years.may_jun,
  customer_years.jul_aug,
  customer_years.sep_oct,
  customer_years.nov_dec
from customer_years
join location_grants on location_grants.location_id = customer_years.location_id
where
  not customer_years.is_shared
  and customer_years.first_on <= cast($to as date)
  and customer_years.last_on >= cast($from as date)
  and (customer_years.is_card or cast($with_names as integer) = 1)
union all
select
  customer_years.customer_id,
  customer_years.year,
  customer_years.is_card,
  bit_or(customer_years.jan_feb),
  bit_or(customer_years.mar_apr),
  bit_or(customer_years.may_jun),
  bit_or(customer_years.jul_aug),
  bit_or(customer_years.sep_oct),
  bit_or(customer_years.nov_dec)
from customer_years
join location_grants on location_grants.location_id = customer_years.location_id
where
  customer_years.is_shared
  and customer_years.first_on <= cast($to as date)
  and customer_years.last_on >= cast($from as date)
  and (customer_years.is_card or cast($with_names as integer) = 1)
group by customer_years.customer_id, customer_years.year, customer_years.is_card
