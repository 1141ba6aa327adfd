-- Customers whose first day, last day or home café is not what their receipts say, or who are there twice. Home is where
-- they bought most often, then most recently, then the first by main name. Grain: a customer; empty means pass.
with pairs as (
  select
    transactions.customer_id,
    transactions.location_id,
    location_names.name,
    min(transactions.business_date) as first_on,
    max(transactions.business_date) as last_on,
    count(*) as receipts
  from transactions
  join location_names on location_names.location_id = transactions.location_id and location_names.is_main
  where transactions.customer_id is not null
  group by transactions.customer_id, transactions.location_id, location_names.name
),
ranked as (
  select
    *,
    row_number() over (partition by customer_id order by receipts desc, last_on desc, name) as place
  from pairs
),
expected as (
  select
    customer_id,
    min(first_on) as first_seen_on,
    max(last_on) as last_seen_on,
    min(case when place = 1 then location_id end) as home_location_id
  from ranked
  group by customer_id
),
kept as (
  select customer_id, min(customer_hash) as customer_hash, min(first_seen_on) as first_seen_on,
    max(last_seen_on) as last_seen_on, min(home_location_id) as home_location_id, count(*) as copies
  from customers
  group by customer_id
)
select kept.customer_id, kept.copies, kept.first_seen_on, kept.last_seen_on, kept.home_location_id,
  expected.first_seen_on as expected_first, expected.last_seen_on as expected_last,
  expected.home_location_id as expected_home
from kept
left join expected on expected.customer_id = kept.customer_id
where kept.copies <> 1
  or coalesce(kept.first_seen_on, date '1900-01-01') <> coalesce(expected.first_seen_on, date '1900-01-01')
  or coalesce(kept.last_seen_on, date '1900-01-01') <> coalesce(expected.last_seen_on, date '1900-01-01')
  or coalesce(kept.home_location_id, 0) <> coalesce(expected.home_location_id, 0)
