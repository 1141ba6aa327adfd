-- What is known of each customer altogether.

-- Grain: a customer whose first day, last day or home café may have changed. Home is where they bought most often, then most
-- recently, then the first by the registry's name: ids depend on what came first, and what a café is called changes. The three
-- make one number, whose highest is home's: receipts (27 bits), days since 2000 (16) and the name's place from the end (20).
create temp table refreshed_customers as
with cafes as (
  select location_id, row_number() over (order by name desc) as place
  from location_names
  where is_main
),
pairs as (
  select
    customer_id,
    location_id,
    min(first_on) as first_on,
    max(last_on) as last_on,
    count(*) as years,
    cast(sum(receipts) as bigint) as receipts
  from customer_years
  where customer_id in (
    select customer_id from counted_months
    union all
    select customer_id from disturbed_pairs
  )
  group by customer_id, location_id
),
refreshed as (
  select
    pairs.customer_id,
    min(pairs.first_on) as first_seen_on,
    max(pairs.last_on) as last_seen_on,
    count(*) as cafes,
    sum(pairs.years) as years,
    max(
      pairs.receipts * 68719476736 + cast(pairs.last_on - date '2000-01-01' as bigint) * 1048576 + cafes.place
    ) as standing
  from pairs
  join cafes on cafes.location_id = pairs.location_id
  group by pairs.customer_id
)
select
  refreshed.customer_id,
  refreshed.first_seen_on,
  refreshed.last_seen_on,
  refreshed.cafes,
  refreshed.years,
  cafes.location_id as home_location_id
from refreshed
join cafes on cafes.place = mod(refreshed.standing, 1048576);

-- New rows come in as of a customer's only café, and as their only row: few are not.
update customer_years
set is_shared = (refreshed_customers.cafes > 1), is_single = (refreshed_customers.years = 1)
from refreshed_customers
where refreshed_customers.customer_id = customer_years.customer_id
  and (
    customer_years.is_shared <> (refreshed_customers.cafes > 1)
    or customer_years.is_single <> (refreshed_customers.years = 1)
  );

-- Of somebody who has no receipt left that counts, nothing is known.
update customers
set first_seen_on = null, last_seen_on = null, home_location_id = null
where customer_id in (select customer_id from disturbed_pairs);

update customers
set
  first_seen_on = refreshed_customers.first_seen_on,
  last_seen_on = refreshed_customers.last_seen_on,
  home_location_id = refreshed_customers.home_location_id
from refreshed_customers
where refreshed_customers.customer_id = customers.customer_id;

-- A new customer has a receipt that counts, or one that is held.
insert into customers (customer_id, customer_hash, identity_basis, first_seen_on, last_seen_on, home_location_id)
select
  customer_keys.customer_id,
  customer_keys.customer_hash,
  customer_keys.identity_basis,
  refreshed_customers.first_seen_on,
  refreshed_customers.last_seen_on,
  refreshed_customers.home_location_id
from customer_keys
left join refreshed_customers on refreshed_customers.customer_id = customer_keys.customer_id
where customer_keys.is_new
  and (
    refreshed_customers.customer_id is not null
    or customer_keys.customer_id in (
      select customer_id
      from held_transactions
      join accepted_files on accepted_files.file_id = held_transactions.file_id
    )
  );
