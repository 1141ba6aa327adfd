-- Grain: a side of the comparison (is_now is 1 or 0): different customers known by a card or token, over the compared café-days.
-- The two sides never share a day, so one reading of the receipts is enough.
-- Reads: compared_days
with side_days as (
  select location_id, business_date, 1 as is_now
  from compared_days
  where outcome = 'compared'
  union all
  select location_id, before_date, 0 as is_now
  from compared_days
  where outcome = 'compared'
)
select
  side_days.is_now,
  cast(count(distinct case when transactions.payment_method = 'CARD' then transactions.customer_id end) as bigint) as customers
from side_days
join transactions
  on transactions.location_id = side_days.location_id
  and transactions.business_date = side_days.business_date
where
  transactions.business_date between cast($from as date) and cast($to as date)
  or transactions.business_date between cast($before_from as date) and cast($before_to as date)
group by side_days.is_now
