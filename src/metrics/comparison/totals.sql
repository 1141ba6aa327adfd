-- Grain: one row: both sides of the comparison, over the café-days that are compared.
-- Reads: compared_days
select
  cast(count(distinct case when outcome = 'compared' then location_id end) as bigint) as cafes_compared,
  cast(coalesce(sum(case when outcome = 'compared' then 1 else 0 end), 0) as bigint) as cafe_days_compared,
  cast(coalesce(sum(case when outcome = 'compared' then 0 else 1 end), 0) as bigint) as cafe_days_left_out,
  cast(coalesce(sum(case when outcome = 'compared' then now_pence end), 0) as bigint) as now_pence,
  cast(coalesce(sum(case when outcome = 'compared' then before_pence end), 0) as bigint) as before_pence,
  cast(coalesce(sum(case when outcome = 'compared' then now_receipts end), 0) as bigint) as now_receipts,
  cast(coalesce(sum(case when outcome = 'compared' then before_receipts end), 0) as bigint) as before_receipts,
  cast(coalesce(sum(case when outcome = 'compared' then now_items end), 0) as bigint) as now_items,
  cast(coalesce(sum(case when outcome = 'compared' then before_items end), 0) as bigint) as before_items,
  cast(coalesce(sum(case when outcome = 'compared' then now_identified_receipts end), 0) as bigint) as now_identified_receipts,
  cast(coalesce(sum(case when outcome = 'compared' then before_identified_receipts end), 0) as bigint) as before_identified_receipts,
  cast(coalesce(sum(case when outcome = 'compared' then now_identified_customers end), 0) as bigint) as now_identified_customers,
  cast(coalesce(sum(case when outcome = 'compared' then before_identified_customers end), 0) as bigint) as before_identified_customers
from compared_days
