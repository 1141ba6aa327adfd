-- Years of a customer at a café in customer_years that are not what the receipts say, day for day. Grain: a café, customer and
-- year; empty means pass.
with days as (
  select
    transactions.location_id,
    transactions.customer_id,
    customers.identity_basis = 'card' as is_card,
    transactions.business_date,
    transactions.total_pence,
    calendar.year,
    calendar.month,
    cast(1 as bigint) << cast(calendar.day - 1 + 31 * mod(calendar.month + 1, 2) as integer) as day_bit
  from transactions
  join customers on customers.customer_id = transactions.customer_id
  join calendar on calendar.date = transactions.business_date
),
shared as (
  select customer_id
  from days
  group by customer_id
  having count(distinct location_id) > 1
),
single as (
  select customer_id
  from days
  group by customer_id
  having count(distinct location_id) = 1 and count(distinct year) = 1
),
expected as (
  select
    location_id,
    customer_id,
    year,
    is_card,
    customer_id in (select customer_id from shared) as is_shared,
    customer_id in (select customer_id from single) as is_single,
    min(business_date) as first_on,
    max(business_date) as last_on,
    coalesce(bit_or(case when month in (1, 2) then day_bit end), 0) as jan_feb,
    coalesce(bit_or(case when month in (3, 4) then day_bit end), 0) as mar_apr,
    coalesce(bit_or(case when month in (5, 6) then day_bit end), 0) as may_jun,
    coalesce(bit_or(case when month in (7, 8) then day_bit end), 0) as jul_aug,
    coalesce(bit_or(case when month in (9, 10) then day_bit end), 0) as sep_oct,
    coalesce(bit_or(case when month in (11, 12) then day_bit end), 0) as nov_dec,
    cast(count(*) as bigint) as receipts,
    cast(sum(case when month = 1 then total_pence else 0 end) as bigint) as jan_pence,
    cast(sum(case when month = 2 then total_pence else 0 end) as bigint) as feb_pence,
    cast(sum(case when month = 3 then total_pence else 0 end) as bigint) as mar_pence,
    cast(sum(case when month = 4 then total_pence else 0 end) as bigint) as apr_pence,
    cast(sum(case when month = 5 then total_pence else 0 end) as bigint) as may_pence,
    cast(sum(case when month = 6 then total_pence else 0 end) as bigint) as jun_pence,
    cast(sum(case when month = 7 then total_pence else 0 end) as bigint) as jul_pence,
    cast(sum(case when month = 8 then total_pence else 0 end) as bigint) as aug_pence,
    cast(sum(case when month = 9 then total_pence else 0 end) as bigint) as sep_pence,
    cast(sum(case when month = 10 then total_pence else 0 end) as bigint) as oct_pence,
    cast(sum(case when month = 11 then total_pence else 0 end) as bigint) as nov_pence,
    cast(sum(case when month = 12 then total_pence else 0 end) as bigint) as dec_pence,
    cast(1 as bigint) as copies
  from days
  group by location_id, customer_id, year, is_card
),
kept as (
  select
    location_id,
    customer_id,
    year,
    is_card,
    is_shared,
    is_single,
    first_on,
    last_on,
    jan_feb,
    mar_apr,
    may_jun,
    jul_aug,
    sep_oct,
    nov_dec,
    receipts,
    jan_pence,
    feb_pence,
    mar_pence,
    apr_pence,
    may_pence,
    jun_pence,
    jul_pence,
    aug_pence,
    sep_pence,
    oct_pence,
    nov_pence,
    dec_pence,
    count(*) as copies
  from customer_years
  group by location_id, customer_id, year, is_card, is_shared, is_single, first_on, last_on, jan_feb, mar_apr, may_jun, jul_aug,
    sep_oct, nov_dec, receipts, jan_pence, feb_pence, mar_pence, apr_pence, may_pence, jun_pence, jul_pence, aug_pence, sep_pence,
    oct_pence, nov_pence, dec_pence
),
{{difference}}
