-- What customers known by a card or token bought on their first day at a café: on every day this load touched, and on those that a
-- first day moved from or to.

create temp table first_visit_days as
select location_id, business_date
from touched_days
union
select location_id, earlier_on
from moved_first_days
union
select location_id, first_on
from moved_first_days
where first_on is not null;

delete from daily_first_visits using first_visit_days
where first_visit_days.location_id = daily_first_visits.location_id
  and first_visit_days.business_date = daily_first_visits.business_date;

insert into daily_first_visits (location_id, business_date, receipts, items, total_pence)
-- A first day of a year is the first day altogether where there is no earlier year.
with first_days_of_years as (
  select customer_years.location_id, customer_years.customer_id, customer_years.year, customer_years.first_on
  from customer_years
  join first_visit_days
    on first_visit_days.location_id = customer_years.location_id
    and first_visit_days.business_date = customer_years.first_on
  where customer_years.is_card
),
first_days as (
  select first_days_of_years.location_id, first_days_of_years.customer_id, first_days_of_years.first_on
  from first_days_of_years
  left join customer_years as earlier_years
    on earlier_years.location_id = first_days_of_years.location_id
    and earlier_years.customer_id = first_days_of_years.customer_id
    and earlier_years.year < first_days_of_years.year
  where earlier_years.customer_id is null
)
select
  transactions.location_id,
  transactions.business_date,
  cast(count(*) as integer),
  cast(sum(transactions.item_count) as integer),
  cast(sum(transactions.total_pence) as bigint)
from first_days
join transactions
  on transactions.location_id = first_days.location_id
  and transactions.business_date = first_days.first_on
  and transactions.customer_id = first_days.customer_id
group by transactions.location_id, transactions.business_date;
