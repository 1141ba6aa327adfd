-- What is known of each customer at each café, year by year, and of each customer altogether. Where receipts only came, they are
-- added to what was there; where some left or moved, the pair of café and customer is counted again from all its receipts.

-- Grain: a café, customer and year, in the accepted files' counted receipts, and in all receipts of disturbed pairs.
create temp table counted_years as
with counted as (
  select
    transactions.location_id,
    transactions.customer_id,
    transactions.business_date,
    transactions.total_pence,
    false as is_recounted
  from transactions
  join accepted_files on accepted_files.file_id = transactions.file_id
  where transactions.customer_id is not null
  union all
  select
    transactions.location_id,
    transactions.customer_id,
    transactions.business_date,
    transactions.total_pence,
    true as is_recounted
  from transactions
  join disturbed_pairs
    on disturbed_pairs.location_id = transactions.location_id
    and disturbed_pairs.customer_id = transactions.customer_id
)
select
  counted.location_id,
  counted.customer_id,
  day_bits.year,
  counted.is_recounted,
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
group by counted.location_id, counted.customer_id, day_bits.year, counted.is_recounted;

delete from counted_years using disturbed_pairs
where disturbed_pairs.location_id = counted_years.location_id
  and disturbed_pairs.customer_id = counted_years.customer_id
  and not counted_years.is_recounted;

-- Nothing that was known of a disturbed pair stays.
delete from customer_years using disturbed_pairs
where disturbed_pairs.location_id = customer_years.location_id
  and disturbed_pairs.customer_id = customer_years.customer_id;

-- Grain: a café, customer and year as it will be.
create temp table refreshed_years as
select
  counted_years.location_id,
  counted_years.customer_id,
  counted_years.year,
  customers.identity_basis = 'card' as is_card,
  coalesce(customer_years.is_shared, false) as is_shared,
  least(counted_years.first_on, coalesce(customer_years.first_on, counted_years.first_on)) as first_on,
  greatest(counted_years.last_on, coalesce(customer_years.last_on, counted_years.last_on)) as last_on,
  counted_years.jan_feb | coalesce(customer_years.jan_feb, cast(0 as bigint)) as jan_feb,
  counted_years.mar_apr | coalesce(customer_years.mar_apr, cast(0 as bigint)) as mar_apr,
  counted_years.may_jun | coalesce(customer_years.may_jun, cast(0 as bigint)) as may_jun,
  counted_years.jul_aug | coalesce(customer_years.jul_aug, cast(0 as bigint)) as jul_aug,
  counted_years.sep_oct | coalesce(customer_years.sep_oct, cast(0 as bigint)) as sep_oct,
  counted_years.nov_dec | coalesce(customer_years.nov_dec, cast(0 as bigint)) as nov_dec,
  counted_years.receipts + coalesce(customer_years.receipts, 0) as receipts,
  counted_years.total_pence + coalesce(customer_years.total_pence, cast(0 as bigint)) as total_pence,
  customer_years.location_id is not null as is_known
from counted_years
join customers on customers.customer_id = counted_years.customer_id
left join customer_years
  on customer_years.location_id = counted_years.location_id
  and customer_years.customer_id = counted_years.customer_id
  and customer_years.year = counted_years.year;

delete from customer_years using refreshed_years
where refreshed_years.is_known
  and refreshed_years.location_id = customer_years.location_id
  and refreshed_years.customer_id = customer_years.customer_id
  and refreshed_years.year = customer_years.year;

insert into customer_years (
  location_id, customer_id, year, is_card, is_shared, first_on, last_on, jan_feb, mar_apr, may_jun, jul_aug, sep_oct,
  nov_dec, receipts, total_pence
)
select
  location_id,
  customer_id,
  year,
  is_card,
  is_shared,
  first_on,
  last_on,
  jan_feb,
  mar_apr,
  may_jun,
  jul_aug,
  sep_oct,
  nov_dec,
  receipts,
  total_pence
from refreshed_years;

-- Grain: a customer whose first day, last day or home café may have changed.
create temp table touched_customers as
select customer_id from refreshed_years
union
select customer_id from disturbed_pairs;

create temp table rewritten_customers as
with pairs as (
  select
    customer_years.customer_id,
    customer_years.location_id,
    min(customer_years.first_on) as first_on,
    max(customer_years.last_on) as last_on,
    sum(customer_years.receipts) as receipts
  from customer_years
  join touched_customers on touched_customers.customer_id = customer_years.customer_id
  group by customer_years.customer_id, customer_years.location_id
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
),
refreshed_customers as (
  select
    customer_id,
    min(first_on) as first_seen_on,
    max(last_on) as last_seen_on,
    min(case when place = 1 then location_id end) as home_location_id,
    count(*) as cafes
  from ranked
  group by customer_id
)
select
  customers.customer_id,
  customers.customer_hash,
  customers.identity_basis,
  refreshed_customers.first_seen_on,
  refreshed_customers.last_seen_on,
  refreshed_customers.home_location_id,
  refreshed_customers.cafes
from customers
join touched_customers on touched_customers.customer_id = customers.customer_id
left join refreshed_customers on refreshed_customers.customer_id = customers.customer_id;

delete from customers using touched_customers where touched_customers.customer_id = customers.customer_id;

insert into customers (customer_id, customer_hash, identity_basis, first_seen_on, last_seen_on, home_location_id)
select customer_id, customer_hash, identity_basis, first_seen_on, last_seen_on, home_location_id
from rewritten_customers;

-- Rows come in as they are known, or else as of the customer's only café: few are not.
update customer_years
set is_shared = (rewritten_customers.cafes > 1)
from rewritten_customers
where rewritten_customers.customer_id = customer_years.customer_id
  and customer_years.is_shared <> (rewritten_customers.cafes > 1);
