-- Card customers of a café in location_customers that are not what the receipts add up to. Grain: a café and customer;
-- empty means pass.
with expected as (
  select
    location_id,
    customer_id,
    min(business_date) as first_on,
    max(business_date) as last_on,
    cast(count(*) as bigint) as receipts,
    cast(sum(total_pence) as bigint) as total_pence,
    cast(1 as bigint) as copies
  from transactions
  where payment_method = 'CARD' and customer_id is not null
  group by location_id, customer_id
),
kept as (
  select location_id, customer_id, first_on, last_on, receipts, total_pence, count(*) as copies
  from location_customers
  group by location_id, customer_id, first_on, last_on, receipts, total_pence
),
missing as (
  select * from expected
  except
  select * from kept
),
surplus as (
  select * from kept
  except
  select * from expected
)
select 'missing' as fault, * from missing
union all
select 'surplus' as fault, * from surplus
