-- Entries of the ledger that contradict the receipts, or each other. Grain: a fault of a file; empty means pass.
with stored as (
  select file_id, count(*) as receipts, sum(total_pence) as total_pence, sum(item_count) as items,
    sum(case when reconciled then 0 else 1 end) as unreconciled
  from (
    select file_id, total_pence, item_count, reconciled from transactions
    union all
    select file_id, total_pence, item_count, reconciled from held_transactions
  ) as receipts
  group by file_id
),
refused as (
  select file_id, count(row_number) as refused_rows, count(*) - count(row_number) as refused_files
  from quarantine
  group by file_id
),
heads as (
  select source_id, key, max(version) as version, sum(case when is_current then 1 else 0 end) as current_versions
  from files
  group by source_id, key
),
counting as (
  select file_id, count(*) as deliveries, sum(case when counted then 1 else 0 end) as counted
  from deliveries
  group by file_id
)
select 'more than one current version' as fault, key as what from heads where current_versions > 1
union all
select 'entered twice', cast(file_id as varchar) from files group by file_id having count(*) > 1
union all
select 'receipts are not those of the ledger', files.key
from files
left join stored on stored.file_id = files.file_id
where files.is_current
  and (
    files.rows_loaded <> coalesce(stored.receipts, 0)
    or files.total_pence <> coalesce(stored.total_pence, 0)
    or files.items <> coalesce(stored.items, 0)
    or files.unreconciled <> coalesce(stored.unreconciled, 0)
  )
union all
select 'rows read are neither loaded nor refused', key from files where rows_read <> rows_loaded + rows_quarantined
union all
select 'refused rows are not those of the ledger', files.key
from files
left join refused on refused.file_id = files.file_id
where (files.is_current and files.rows_quarantined <> coalesce(refused.refused_rows, 0))
  or (not files.is_current and files.reason is null and refused.file_id is not null)
  or (files.status = 'quarantined' and coalesce(refused.refused_files, 0) <> 1)
union all
select 'status is not what its deliveries say', files.key
from files
left join counting on counting.file_id = files.file_id
where (files.status = 'loaded' and (not files.is_current or (counting.deliveries > 0 and counting.counted = 0)))
  or (files.status = 'duplicate' and (not files.is_current or coalesce(counting.counted, 0) > 0))
  or (files.status = 'superseded' and coalesce(counting.counted, 0) > 0)
  or (files.status = 'quarantined' and (files.is_current or files.reason is null))
