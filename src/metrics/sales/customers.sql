-- Grain: one row: different customers known by a card or token, over all café-days delivered in the period.
-- Reads: location_grants
select cast(count(distinct transactions.customer_id) as bigint) as customers
from transactions
join location_grants on location_grants.location_id = transactions.location_id
where
  transactions.business_date between cast($from as date) and cast($to as date)
  and transactions.payment_method = 'CARD'
