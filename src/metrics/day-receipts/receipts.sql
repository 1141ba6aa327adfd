-- Grain: a receipt of one café and day, in order of time, one page of them.
-- Reads: location_grants
select
  cast(transactions.transaction_id as varchar(20)) as receipt_id,
  transactions.occurred_at,
  transactions.total_pence,
  transactions.payment_method,
  transactions.item_count as items,
  transactions.reconciled
from transactions
join location_grants on location_grants.location_id = transactions.location_id
where
  transactions.location_id = $location_id
  and transactions.business_date = cast($from as date)
order by transactions.occurred_at, transactions.transaction_id
limit $page_size offset $skipped
