-- Grain: a café and a day of the period that is missing, closed as planned or restated; and the café's other days of the same state
-- as one row without a date. What was expected, what came, and how good it was. Pence are whole.
-- Reads: cafe_days
with marked_days as (
  select *, case when restated or state in ('missing', 'closed') then business_date end as date
  from cafe_days
)
select
  location_id as cafe_id,
  state,
  date,
  max(case when restated then 1 else 0 end) as is_restated,
  min(closure_reason) as closure_reason,
  max(delivered_at) as delivered_at,
  cast(count(*) as bigint) as days,
  cast(sum(case when receipts = 0 then 1 else 0 end) as bigint) as days_empty,
  cast(sum(receipts) as bigint) as receipts,
  cast(sum(pence) as bigint) as total_pence,
  cast(sum(reconciled_receipts) as bigint) as reconciled_receipts,
  cast(sum(refused_rows) as bigint) as quarantined_rows,
  cast(sum(refused_pence) as bigint) as quarantined_pence
from marked_days
group by location_id, state, date
order by location_id, date
