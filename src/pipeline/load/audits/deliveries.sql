-- Café-days of a current file whose receipts are not in the table that `counted` says, or not as many, or not as many
-- pence; and receipts of a file that is not current. Grain: a file, café and day; empty means pass.
with receipts as (
  select file_id, location_id, business_date, count(*) as receipts, sum(total_pence) as total_pence, 1 as counts
  from transactions
  group by file_id, location_id, business_date
  union all
  select file_id, location_id, business_date, count(*) as receipts, sum(total_pence) as total_pence, 0 as counts
  from held_transactions
  group by file_id, location_id, business_date
),
delivered as (
  select
    deliveries.file_id,
    deliveries.location_id,
    deliveries.business_date,
    deliveries.receipts,
    deliveries.total_pence,
    case when deliveries.counted then 1 else 0 end as counts
  from deliveries
  join files on files.file_id = deliveries.file_id
  where files.is_current
)
select
  coalesce(delivered.file_id, receipts.file_id) as file_id,
  coalesce(delivered.location_id, receipts.location_id) as location_id,
  coalesce(delivered.business_date, receipts.business_date) as business_date,
  delivered.receipts as delivered_receipts,
  receipts.receipts as stored_receipts
from delivered
full outer join receipts
  on receipts.file_id = delivered.file_id
  and receipts.location_id = delivered.location_id
  and receipts.business_date = delivered.business_date
  and receipts.counts = delivered.counts
where coalesce(delivered.receipts, -1) <> coalesce(receipts.receipts, case when delivered.receipts = 0 then 0 else -2 end)
  or coalesce(delivered.total_pence, 0) <> coalesce(receipts.total_pence, 0)
