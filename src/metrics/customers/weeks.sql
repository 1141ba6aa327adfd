-- Grain: rows of a week of the period, and whether customers are known by a card, which together are how many came: first each at every
-- café, then, below zero, at how many cafés too many those were counted who came to several. Names are there where $with_names is 1.
-- Reads: location_grants, week_masks
with several as (
  select
    week_masks.week_start,
    customer_years.is_card,
    count(distinct customer_years.location_id) - 1 as again
  from customer_years
  join location_grants on location_grants.location_id = customer_years.location_id
  join week_masks
    on week_masks.year = customer_years.year
    and (
      (customer_years.jan_feb & week_masks.jan_feb)
      | (customer_years.mar_apr & week_masks.mar_apr)
      | (customer_years.may_jun & week_masks.may_jun)
      | (customer_years.jul_aug & week_masks.jul_aug)
      | (customer_years.sep_oct & week_masks.sep_oct)
      | (customer_years.nov_dec & week_masks.nov_dec)
    ) <> 0
  where customer_years.is_shared and (customer_years.is_card or cast($with_names as integer) = 1)
  group by week_masks.week_start, customer_years.is_card, customer_years.customer_id
)
select
  weekly_customers.week_start,
  weekly_customers.is_card,
  cast(sum(weekly_customers.customers) as bigint) as customers
from weekly_customers
join location_grants on location_grants.location_id = weekly_customers.location_id
where
  weekly_customers.week_start between cast($from as date) and cast($to as date)
  and (weekly_customers.is_card or cast($with_names as integer) = 1)
group by weekly_customers.week_start, weekly_customers.is_card
union all
select week_start, is_card, cast(-sum(again) as bigint)
from several
where again > 0
group by week_start, is_card
