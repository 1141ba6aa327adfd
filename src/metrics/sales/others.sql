-- Grain: other cafés, in the regions asked about (1) or elsewhere (0): both sides of the comparison. $regions holds the regions'
-- names, each between vertical bars. Whole pence.
-- Reads: compared_days
with others as (
  select
    *,
    case when position('|' || region || '|' in cast($regions as varchar(2000))) > 0 then 1 else 0 end as in_regions
  from compared_days
  where outcome = 'compared'
)
select
  in_regions,
  cast(count(distinct location_id) as bigint) as cafes_compared,
  cast(count(*) as bigint) as cafe_days_compared,
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
from others
group by in_regions
