-- What is known of each customer at each café, and of each customer altogether. Where receipts only came, their sums are
-- added to what was there; where some left or moved, the pair is summed again from all its receipts.

-- Grain: a café and customer in the accepted files' counted receipts.
create temp table new_pairs as
select
  location_id,
  customer_id,
  min(payment_method) as payment_method,
  min(business_date) as first_on,
  max(business_date) as last_on,
  count(*) as receipts,
  sum(total_pence) as total_pence
from transactions
join accepted_files on accepted_files.file_id = transactions.file_id
where customer_id is not null
group by location_id, customer_id;

-- Grain: a disturbed café and customer, with what is left of them; none where nothing is.
create temp table recounted_pairs as
select
  transactions.location_id,
  transactions.customer_id,
  min(payment_method) as payment_method,
  min(business_date) as first_on,
  max(business_date) as last_on,
  count(*) as receipts,
  sum(total_pence) as total_pence
from transactions
join disturbed_pairs
  on disturbed_pairs.location_id = transactions.location_id
  and disturbed_pairs.customer_id = transactions.customer_id
group by transactions.location_id, transactions.customer_id;

delete from new_pairs using disturbed_pairs
where disturbed_pairs.location_id = new_pairs.location_id and disturbed_pairs.customer_id = new_pairs.customer_id;

-- Grain: a café and card customer as it will be.
create temp table refreshed_pairs as
select
  parts.location_id,
  parts.customer_id,
  min(parts.first_on) as first_on,
  max(parts.last_on) as last_on,
  sum(parts.receipts) as receipts,
  sum(parts.total_pence) as total_pence
from (
  select location_id, customer_id, first_on, last_on, receipts, total_pence
  from new_pairs
  where payment_method = 'CARD'
  union all
  select
    location_customers.location_id,
    location_customers.customer_id,
    location_customers.first_on,
    location_customers.last_on,
    location_customers.receipts,
    location_customers.total_pence
  from location_customers
  join new_pairs
    on new_pairs.location_id = location_customers.location_id
    and new_pairs.customer_id = location_customers.customer_id
  union all
  select location_id, customer_id, first_on, last_on, receipts, total_pence
  from recounted_pairs
  where payment_method = 'CARD'
) as parts
group by parts.location_id, parts.customer_id;

delete from location_customers using refreshed_pairs
where refreshed_pairs.location_id = location_customers.location_id
  and refreshed_pairs.customer_id = location_customers.customer_id;

delete from location_customers using disturbed_pairs
where disturbed_pairs.location_id = location_customers.location_id
  and disturbed_pairs.customer_id = location_customers.customer_id;

insert into location_customers (location_id, customer_id, first_on, last_on, receipts, total_pence)
select location_id, customer_id, first_on, last_on, cast(receipts as integer), cast(total_pence as bigint)
from refreshed_pairs;

-- Grain: a customer whose first day, last day or home café may have changed.
create temp table touched_customers as
select distinct customer_id
from (
  select customer_id from new_pairs
  union all
  select customer_id from disturbed_pairs
) as either_way;

-- Grain: a touched customer with all cafés: cards from the pairs above, names (who belong to one café) from what is new
-- and what was known.
create temp table refreshed_customers as
with pairs as (
  select location_customers.customer_id, location_id, first_on, last_on, receipts
  from location_customers
  join touched_customers on touched_customers.customer_id = location_customers.customer_id
  union all
  select customer_id, location_id, first_on, last_on, receipts from new_pairs where payment_method <> 'CARD'
  union all
  select customer_id, location_id, first_on, last_on, receipts from recounted_pairs where payment_method <> 'CARD'
  union all
  select customers.customer_id, home_location_id, first_seen_on, last_seen_on, 0
  from customers
  join new_pairs on new_pairs.customer_id = customers.customer_id
  where new_pairs.payment_method <> 'CARD' and customers.first_seen_on is not null
),
-- Home is where they bought most often, then most recently, then the first by the registry's name: ids depend on what came
-- first, and what a café is called changes.
ranked as (
  select
    pairs.customer_id,
    pairs.location_id,
    pairs.first_on,
    pairs.last_on,
    row_number() over (
      partition by pairs.customer_id order by pairs.receipts desc, pairs.last_on desc, location_names.name
    ) as place
  from pairs
  join location_names on location_names.location_id = pairs.location_id and location_names.is_main
)
select
  customer_id,
  min(first_on) as first_seen_on,
  max(last_on) as last_seen_on,
  min(case when place = 1 then location_id end) as home_location_id
from ranked
group by customer_id;

create temp table rewritten_customers as
select
  customers.customer_id,
  customers.customer_hash,
  customers.identity_basis,
  refreshed_customers.first_seen_on,
  refreshed_customers.last_seen_on,
  refreshed_customers.home_location_id
from customers
join touched_customers on touched_customers.customer_id = customers.customer_id
left join refreshed_customers on refreshed_customers.customer_id = customers.customer_id;

delete from customers using touched_customers where touched_customers.customer_id = customers.customer_id;

insert into customers (customer_id, customer_hash, identity_basis, first_seen_on, last_seen_on, home_location_id)
select customer_id, customer_hash, identity_basis, first_seen_on, last_seen_on, home_location_id
from rewritten_customers;
