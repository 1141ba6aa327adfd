-- Grain: a side of the comparison: different customers known by a card or token, over the compared café-days.
-- Reads: compared_days
with customers_now as (
  select transactions.customer_id
  from compared_days
  join transactions
    on transactions.location_id = compared_days.location_id
    and transactions.business_date = compared_days.business_date
  where
    compared_days.outcome = 'compared'
    and transactions.payment_method = 'CARD'
    and transactions.business_date between cast($from as date) and cast($to as date)
),
customers_before as (
  select transactions.customer_id
  from compared_days
  join transactions
    on transactions.location_id = compared_days.location_id
    and transactions.business_date = compared_days.before_date
  where
    compared_days.outcome = 'compared'
    and transactions.payment_method = 'CARD'
    and transactions.business_date between cast($before_from as date) and cast($before_to as date)
)
select 1 as is_now, cast(count(distinct customer_id) as bigint) as customers
from customers_now
union all
select 0 as is_now, cast(count(distinct customer_id) as bigint) as customers
from customers_before
