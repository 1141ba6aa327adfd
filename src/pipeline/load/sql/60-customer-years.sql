-- What is known of each customer at each café, year by year. Where receipts only came, they are added to what was there; where some
-- left or moved, the pair of café and customer is counted again from all its receipts. What is there already is updated in place:
-- deleted and inserted again, it would cost the database its whole table anew.

-- Nothing that was known of a disturbed pair stays.
delete from customer_years using disturbed_pairs
where disturbed_pairs.location_id = customer_years.location_id
  and disturbed_pairs.customer_id = customer_years.customer_id;

-- Grain: a café, customer and two months that share a mask (1 to 6 of a year), in all receipts of disturbed pairs, and of others in the
-- accepted files' counted receipts.
create temp table counted_months as
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
),
days as (
  select
    calendar.date,
    calendar.year,
    cast(floor((calendar.month + 1) / 2.0) as integer) as two_months,
    mod(calendar.month, 2) as is_first,
    day_bits.jan_feb | day_bits.mar_apr | day_bits.may_jun | day_bits.jul_aug | day_bits.sep_oct | day_bits.nov_dec as day_bit
  from calendar
  join day_bits on day_bits.date = calendar.date
)
select
  counted.location_id,
  counted.customer_id,
  days.year,
  days.two_months,
  min(counted.business_date) as first_on,
  max(counted.business_date) as last_on,
  bit_or(days.day_bit) as days,
  cast(count(*) as integer) as receipts,
  -- Whole pence are exact in double precision, and summed in less time than whole numbers.
  cast(sum(case when days.is_first = 1 then cast(counted.total_pence as double precision) else 0 end) as bigint) as first_pence,
  cast(sum(case when days.is_first = 1 then 0 else cast(counted.total_pence as double precision) end) as bigint) as second_pence
from counted
join days on days.date = counted.business_date
group by counted.location_id, counted.customer_id, days.year, days.two_months;

-- Who is new at a café, or in a year, comes in with nothing: what they did there is added like everybody's (61-customer-months).
insert into customer_years (
  location_id, customer_id, year, is_card, is_shared, is_single, first_on, last_on, jan_feb, mar_apr, may_jun, jul_aug, sep_oct,
  nov_dec, receipts, jan_pence, feb_pence, mar_pence, apr_pence, may_pence, jun_pence, jul_pence, aug_pence, sep_pence, oct_pence,
  nov_pence, dec_pence
)
with new_years as (
  select counted_months.location_id, counted_months.customer_id, counted_months.year, min(counted_months.first_on) as first_on
  from counted_months
  left join customer_years
    on customer_years.location_id = counted_months.location_id
    and customer_years.customer_id = counted_months.customer_id
    and customer_years.year = counted_months.year
  where customer_years.location_id is null
  group by counted_months.location_id, counted_months.customer_id, counted_months.year
),
bases as (
  select customer_id, identity_basis from customers
  union all
  select customer_id, identity_basis from customer_keys where is_new
)
select
  new_years.location_id,
  new_years.customer_id,
  new_years.year,
  bases.identity_basis = 'card',
  false,
  true,
  new_years.first_on,
  new_years.first_on,
  0, 0, 0, 0, 0, 0,
  0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
from new_years
join bases on bases.customer_id = new_years.customer_id;
