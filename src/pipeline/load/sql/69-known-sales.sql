-- What customers known by a card or token bought, and what of it on their first day at the café: of every café and day this load
-- touched, and of those that a first day moved from or to.

create temp table known_days as
with moved as (
  select
    earlier_first_days.location_id,
    earlier_first_days.first_on as earlier_on,
    min(customer_years.first_on) as first_on
  from earlier_first_days
  left join customer_years
    on customer_years.location_id = earlier_first_days.location_id
    and customer_years.customer_id = earlier_first_days.customer_id
  group by earlier_first_days.location_id, earlier_first_days.customer_id, earlier_first_days.first_on
)
select location_id, business_date
from touched_days
union
select location_id, earlier_on
from moved
where first_on is null or first_on <> earlier_on
union
select location_id, first_on
from moved
where first_on <> earlier_on;

delete from daily_known_sales using known_days
where known_days.location_id = daily_known_sales.location_id
  and known_days.business_date = daily_known_sales.business_date;

insert into daily_known_sales (
  location_id, business_date, receipts, items, total_pence, first_receipts, first_items, first_pence
)
with visits as (
  select
    transactions.location_id,
    transactions.business_date,
    transactions.customer_id,
    count(*) as receipts,
    sum(transactions.item_count) as items,
    sum(transactions.total_pence) as total_pence
  from transactions
  join known_days
    on known_days.location_id = transactions.location_id
    and known_days.business_date = transactions.business_date
  where transactions.customer_id is not null
  group by transactions.location_id, transactions.business_date, transactions.customer_id
),
dated_visits as (
  select
    visits.location_id,
    visits.business_date,
    visits.receipts,
    visits.items,
    visits.total_pence,
    case when min(customer_years.first_on) = visits.business_date then 1 else 0 end as is_first
  from visits
  join customer_years
    on customer_years.location_id = visits.location_id
    and customer_years.customer_id = visits.customer_id
  where customer_years.is_card
  group by visits.location_id, visits.business_date, visits.customer_id, visits.receipts, visits.items, visits.total_pence
)
select
  location_id,
  business_date,
  cast(sum(receipts) as integer),
  cast(sum(items) as integer),
  cast(sum(total_pence) as bigint),
  cast(sum(is_first * receipts) as integer),
  cast(sum(is_first * items) as integer),
  cast(sum(is_first * total_pence) as bigint)
from dated_visits
group by location_id, business_date;
