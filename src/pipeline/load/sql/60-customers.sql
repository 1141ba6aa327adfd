-- What is known of each customer at each café, year by year, and of each customer altogether. Where receipts only came, they are
-- added to what was there; where some left or moved, the pair of café and customer is counted again from all its receipts. What is
-- there already is updated in place: deleted and inserted again, it would cost the database its whole table anew.

-- Nothing that was known of a disturbed pair stays.
delete from customer_years using disturbed_pairs
where disturbed_pairs.location_id = customer_years.location_id
  and disturbed_pairs.customer_id = customer_years.customer_id;

-- Grain: a café, customer and year, in all receipts of disturbed pairs, and of others in the accepted files' counted receipts.
create temp table counted_years as
with counted as (
  select
    transactions.location_id,
    transactions.customer_id,
    transactions.business_date,
    transactions.total_pence
  from transactions
  join accepted_files on accepted_files.file_id = transactions.file_id
  left join disturbed_pairs
    on disturbed_pairs.location_id = transactions.location_id
    and disturbed_pairs.customer_id = transactions.customer_id
  where transactions.customer_id is not null and disturbed_pairs.customer_id is null
  union all
  select
    transactions.location_id,
    transactions.customer_id,
    transactions.business_date,
    transactions.total_pence
  from transactions
  join disturbed_pairs
    on disturbed_pairs.location_id = transactions.location_id
    and disturbed_pairs.customer_id = transactions.customer_id
)
select
  counted.location_id,
  counted.customer_id,
  day_bits.year,
  min(counted.business_date) as first_on,
  max(counted.business_date) as last_on,
  bit_or(day_bits.jan_feb) as jan_feb,
  bit_or(day_bits.mar_apr) as mar_apr,
  bit_or(day_bits.may_jun) as may_jun,
  bit_or(day_bits.jul_aug) as jul_aug,
  bit_or(day_bits.sep_oct) as sep_oct,
  bit_or(day_bits.nov_dec) as nov_dec,
  cast(count(*) as integer) as receipts,
  cast(sum(counted.total_pence) as bigint) as total_pence
from counted
join day_bits on day_bits.date = counted.business_date
group by counted.location_id, counted.customer_id, day_bits.year;

update customer_years
set
  first_on = least(counted_years.first_on, customer_years.first_on),
  last_on = greatest(counted_years.last_on, customer_years.last_on),
  jan_feb = counted_years.jan_feb | customer_years.jan_feb,
  mar_apr = counted_years.mar_apr | customer_years.mar_apr,
  may_jun = counted_years.may_jun | customer_years.may_jun,
  jul_aug = counted_years.jul_aug | customer_years.jul_aug,
  sep_oct = counted_years.sep_oct | customer_years.sep_oct,
  nov_dec = counted_years.nov_dec | customer_years.nov_dec,
  receipts = counted_years.receipts + customer_years.receipts,
  total_pence = counted_years.total_pence + customer_years.total_pence
from counted_years
where counted_years.location_id = customer_years.location_id
  and counted_years.customer_id = customer_years.customer_id
  and counted_years.year = customer_years.year;

insert into customer_years (
  location_id, customer_id, year, is_card, is_shared, first_on, last_on, jan_feb, mar_apr, may_jun, jul_aug, sep_oct, nov_dec,
  receipts, total_pence
)
with bases as (
  select customer_id, identity_basis from customers
  union all
  select customer_id, identity_basis from customer_keys where is_new
)
select
  counted_years.location_id,
  counted_years.customer_id,
  counted_years.year,
  bases.identity_basis = 'card',
  false,
  counted_years.first_on,
  counted_years.last_on,
  counted_years.jan_feb,
  counted_years.mar_apr,
  counted_years.may_jun,
  counted_years.jul_aug,
  counted_years.sep_oct,
  counted_years.nov_dec,
  counted_years.receipts,
  counted_years.total_pence
from counted_years
join bases on bases.customer_id = counted_years.customer_id
left join customer_years
  on customer_years.location_id = counted_years.location_id
  and customer_years.customer_id = counted_years.customer_id
  and customer_years.year = counted_years.year
where customer_years.location_id is null;

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
    cast(sum(receipts) as bigint) as receipts
  from customer_years
  where customer_id in (
    select customer_id from counted_years
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
  cafes.location_id as home_location_id
from refreshed
join cafes on cafes.place = mod(refreshed.standing, 1048576);

-- New rows come in as of a customer's only café: few are not.
update customer_years
set is_shared = (refreshed_customers.cafes > 1)
from refreshed_customers
where refreshed_customers.customer_id = customer_years.customer_id
  and customer_years.is_shared <> (refreshed_customers.cafes > 1);

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
