-- Grain: a comparison, a café and an outcome of it: compared, or why not. Both sides, whole pence.
-- Reads: compared_days
select
  shift_days,
  location_id as cafe_id,
  outcome,
  max(opened_on) as opened_on,
  min(closure_reason) as closure_reason,
  min(holiday) as holiday,
  cast(count(*) as bigint) as days,
  cast(sum(case when now_state = 'missing' then 1 else 0 end) as bigint) as missing_days,
  cast(sum(now_pence) as bigint) as now_pence,
  cast(sum(before_pence) as bigint) as before_pence,
  cast(sum(now_receipts) as bigint) as now_receipts,
  cast(sum(before_receipts) as bigint) as before_receipts,
  cast(sum(now_items) as bigint) as now_items,
  cast(sum(before_items) as bigint) as before_items,
  cast(sum(now_identified_receipts) as bigint) as now_identified_receipts,
  cast(sum(before_identified_receipts) as bigint) as before_identified_receipts,
  cast(sum(now_identified_customers) as bigint) as now_identified_customers,
  cast(sum(before_identified_customers) as bigint) as before_identified_customers
from compared_days
group by shift_days, location_id, outcome
order by shift_days, location_id, outcome
