-- Days of a café in daily_sales that are not what the receipts add up to. Grain: a café and day; empty means pass.
with expected as (
  select
    location_id,
    business_date,
    cast(count(*) as bigint) as receipts,
    cast(sum(item_count) as bigint) as items,
    cast(sum(total_pence) as bigint) as total_pence,
    cast(sum(case when payment_method = 'CARD' then 1 else 0 end) as bigint) as card_receipts,
    cast(sum(case when customers.identity_basis = 'card' then 1 else 0 end) as bigint) as identified_receipts,
    cast(sum(case when customers.identity_basis = 'card' then item_count else 0 end) as bigint) as identified_items,
    cast(sum(case when customers.identity_basis = 'card' then total_pence else 0 end) as bigint) as identified_pence,
    cast(count(distinct case when customers.identity_basis = 'card' then transactions.customer_id end) as bigint) as identified_customers,
    cast(sum(case when reconciled then 1 else 0 end) as bigint) as reconciled_receipts,
    cast(1 as bigint) as copies
  from transactions
  left join customers on customers.customer_id = transactions.customer_id
  group by location_id, business_date
),
kept as (
  select
    location_id,
    business_date,
    receipts,
    items,
    total_pence,
    card_receipts,
    identified_receipts,
    identified_items,
    identified_pence,
    identified_customers,
    reconciled_receipts,
    count(*) as copies
  from daily_sales
  group by location_id, business_date, receipts, items, total_pence, card_receipts, identified_receipts,
    identified_items, identified_pence, identified_customers, reconciled_receipts
),
{{difference}}
