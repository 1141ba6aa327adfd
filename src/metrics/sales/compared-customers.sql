-- Grain: a side of the comparison: different customers known by a card or token, over the compared café-days.
-- Reads: compared_days
with sides as (
  select location_id, business_date as side_date, 1 as is_now
  from compared_days
  where outcome = 'compared'
  union all
  select location_id, before_date as side_date, 0 as is_now
  from compared_days
  where outcome = 'compared'
)
select
  sides.is_now,
  cast(count(distinct transactions.customer_id) as bigint) as customers
from sides
join transactions
  on transactions.location_id = sides.location_id
  and transactions.business_date = sides.side_date
where transactions.payment_method = 'CARD'
group by sides.is_now
