-- Grain: a line of a receipt, counted or held; it is known by its receipt and its place in it.
with receipts as (
  select transaction_id, file_id, row_number, 'counts' as standing from transactions
  union all
  select transaction_id, file_id, row_number, 'held' as standing from held_transactions
),
lines as (
  select *, 'counts' as standing from transaction_items
  union all
  select *, 'held' as standing from held_transaction_items
)
select
  files.source_id as source,
  files.key,
  receipts.row_number,
  lines.line_number,
  lines.standing,
  products.name,
  products.flavour,
  products.size,
  lines.price_pence,
  locations.name as cafe,
  lines.business_date
from lines
join receipts on receipts.transaction_id = lines.transaction_id and receipts.standing = lines.standing
join files on files.file_id = lines.file_id
join products on products.product_id = lines.product_id
join locations on locations.location_id = lines.location_id
