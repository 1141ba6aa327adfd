-- Grain: one row: customers known only by a name with a receipt in the period. A name belongs to one café, so that each is one.
-- Reads: location_grants, period_masks
select cast(count(distinct customer_years.customer_id) as bigint) as customers
from customer_years
join location_grants on location_grants.location_id = customer_years.location_id
join period_masks
  on period_masks.year = customer_years.year
  and (
    (customer_years.jan_feb & period_masks.jan_feb)
    | (customer_years.mar_apr & period_masks.mar_apr)
    | (customer_years.may_jun & period_masks.may_jun)
    | (customer_years.jul_aug & period_masks.jul_aug)
    | (customer_years.sep_oct & period_masks.sep_oct)
    | (customer_years.nov_dec & period_masks.nov_dec)
  ) <> 0
where not customer_years.is_card
