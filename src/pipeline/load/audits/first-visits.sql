-- Days of a café in daily_first_visits that are not what the receipts say. Grain: a café and day; empty means pass.
with known_receipts as (
  select
    transactions.location_id,
    transactions.business_date,
    transactions.item_count,
    transactions.total_pence,
    min(transactions.business_date) over (
      partition by transactions.location_id, transactions.customer_id
    ) as first_on
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
    cast(1 as bigint) as copies
  from known_receipts
  where business_date = first_on
  group by location_id, business_date
),
kept as (
  select location_id, business_date, receipts, items, total_pence, count(*) as copies
  from daily_first_visits
  group by location_id, business_date, receipts, items, total_pence
),
{{difference}}
