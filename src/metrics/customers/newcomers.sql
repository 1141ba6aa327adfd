-- Grain: a week of the period or of the comparison, and whether customers are known by a card: those whose first receipt at the
-- cafés asked about is in it. Only those are looked through who somewhere, in some year, came first then: mostly few.
-- Reads: location_grants
with candidates as (
  select customer_years.customer_id
  from customer_years
  join location_grants on location_grants.location_id = customer_years.location_id
  where
    customer_years.first_on between cast($from as date) and cast($to as date)
    or customer_years.first_on between cast($before_from as date) and cast($before_to as date)
  group by customer_years.customer_id
),
firsts as (
  select customer_years.customer_id, customer_years.is_card, min(customer_years.first_on) as first_on
  from customer_years
  join location_grants on location_grants.location_id = customer_years.location_id
  where customer_years.customer_id in (select customer_id from candidates)
  group by customer_years.customer_id, customer_years.is_card
)
select calendar.week_start, firsts.is_card, cast(count(*) as bigint) as customers
from firsts
join calendar on calendar.date = firsts.first_on
where
  firsts.first_on between cast($from as date) and cast($to as date)
  or firsts.first_on between cast($before_from as date) and cast($before_to as date)
group by calendar.week_start, firsts.is_card
order by calendar.week_start, firsts.is_card
