-- Receipts whose number of lines, café, date or file is not that of their lines, or whose reconciled mark is wrong.
-- A receipt that counts must have lines that count, and one that is held, lines that are held. Where no line has a price,
-- nothing contradicts the total; where the file has refused rows, one of them may have been a line of the receipt.
-- Grain: a receipt; empty means pass.
with receipts as (
  select transaction_id, location_id, business_date, file_id, total_pence, item_count, reconciled, 1 as counts
  from transactions
  union all
  select transaction_id, location_id, business_date, file_id, total_pence, item_count, reconciled, 0 as counts
  from held_transactions
),
lines as (
  select transaction_id, location_id, business_date, file_id, price_pence, 1 as counts from transaction_items
  union all
  select transaction_id, location_id, business_date, file_id, price_pence, 0 as counts from held_transaction_items
),
baskets as (
  select
    transaction_id,
    counts,
    location_id,
    business_date,
    file_id,
    count(*) as item_count,
    count(price_pence) as priced,
    case when count(price_pence) = count(*) then sum(price_pence) end as items_pence
  from lines
  group by transaction_id, counts, location_id, business_date, file_id
)
select receipts.transaction_id, receipts.item_count, baskets.item_count as lines, receipts.reconciled
from receipts
left join baskets
  on baskets.transaction_id = receipts.transaction_id
  and baskets.counts = receipts.counts
  and baskets.location_id = receipts.location_id
  and baskets.business_date = receipts.business_date
  and baskets.file_id = receipts.file_id
where receipts.item_count <> coalesce(baskets.item_count, 0)
  or (
    receipts.reconciled
    and coalesce(baskets.priced, 1) > 0
    and not coalesce(baskets.items_pence = receipts.total_pence, baskets.transaction_id is null and receipts.total_pence = 0)
  )
  or (
    not receipts.reconciled
    and coalesce(baskets.items_pence = receipts.total_pence, baskets.transaction_id is null and receipts.total_pence = 0)
    and receipts.file_id not in (select file_id from files where rows_quarantined > 0)
  )
