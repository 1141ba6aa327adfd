-- Grain: a receipt of a current file, counted or held; it is known by its file and its place in it.
with receipts as (
  select *, 'counts' as standing from transactions
  union all
  select *, 'held' as standing from held_transactions
)
select
  files.source_id as source,
  files.key,
  receipts.row_number,
  receipts.standing,
  locations.name as cafe,
  receipts.occurred_at,
  receipts.business_date,
  receipts.hour,
  receipts.total_pence,
  receipts.payment_method,
  customers.identity_basis,
  customers.customer_hash,
  case when receipts.is_identified then 1 else 0 end as is_identified,
  receipts.item_count,
  case when receipts.reconciled then 1 else 0 end as reconciled
from receipts
join files on files.file_id = receipts.file_id
join locations on locations.location_id = receipts.location_id
left join customers on customers.customer_id = receipts.customer_id
