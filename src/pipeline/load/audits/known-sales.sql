-- Days of a café in daily_known_sales that are not what the receipts of known customers add up to. Grain: a café and day; empty means
-- pass.
with known_receipts as (
  select
    transactions.location_id,
    transactions.business_date,
    transactions.item_count,
    transactions.total_pence,
    case
      when transactions.business_date = min(transactions.business_date) over (
        partition by transactions.location_id, transactions.customer_id
      ) then 1
      else 0
    end as is_first
  from transactions
  join customers on customers.customer_id = transactions.customer_id
  where customers.identity_basis = 'card'
),
expected as (
  select
    location_id,
    business_date,
    cast(count(*) as bigint) as receipts,
    cast(sum(item_count) as bigint) as items,
    cast(sum(total_pence) as bigint) as total_pence,
    cast(sum(is_first) as bigint) as first_receipts,
    cast(sum(is_first * item_count) as bigint) as first_items,
    cast(sum(is_first * total_pence) as bigint) as first_pence,
    cast(1 as bigint) as copies
  from known_receipts
  group by location_id, business_date
),
kept as (
  select
    location_id,
    business_date,
    receipts,
    items,
    total_pence,
    first_receipts,
    first_items,
    first_pence,
    count(*) as copies
  from daily_known_sales
  group by location_id, business_date, receipts, items, total_pence, first_receipts, first_items, first_pence
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
