-- Grain: a line of one receipt; a receipt without lines has one row without line_number.
-- Reads: location_grants
select
  cast(transactions.transaction_id as varchar(20)) as receipt_id,
  location_grants.location_id as cafe_id,
  location_grants.name as cafe_name,
  location_grants.region,
  transactions.business_date,
  transactions.occurred_at,
  transactions.total_pence,
  transactions.payment_method,
  transactions.item_count as items,
  transactions.reconciled,
  transaction_items.line_number,
  products.name as product_name,
  products.flavour,
  products.size,
  products.category,
  transaction_items.price_pence
from transactions
join location_grants on location_grants.location_id = transactions.location_id
left join transaction_items
  on transaction_items.transaction_id = transactions.transaction_id
  and transaction_items.business_date = transactions.business_date
left join products on products.product_id = transaction_items.product_id
where transactions.transaction_id = cast($receipt_id as bigint)
order by transaction_items.line_number
