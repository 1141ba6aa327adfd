-- Weeks of a café in weekly_customers that are not what the receipts say. Grain: a café, week and whether customers are known by a
-- card; empty means pass.
with expected as (
  select
    transactions.location_id,
    calendar.week_start,
    customers.identity_basis = 'card' as is_card,
    cast(count(distinct transactions.customer_id) as bigint) as customers,
    cast(1 as bigint) as copies
  from transactions
  join customers on customers.customer_id = transactions.customer_id
  join calendar on calendar.date = transactions.business_date
  group by transactions.location_id, calendar.week_start, customers.identity_basis = 'card'
),
kept as (
  select location_id, week_start, is_card, customers, count(*) as copies
  from weekly_customers
  group by location_id, week_start, is_card, customers
),
{{difference}}
