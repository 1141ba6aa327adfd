-- Grain: a café with at least one compared day: both sides, whole pence.
-- Reads: compared_days
select
  location_id as cafe_id,
  name,
  region,
  cast(sum(now_pence) as bigint) as now_pence,
  cast(sum(before_pence) as bigint) as before_pence,
  cast(sum(now_receipts) as bigint) as now_receipts,
  cast(sum(before_receipts) as bigint) as before_receipts,
  cast(sum(now_items) as bigint) as now_items,
  cast(sum(before_items) as bigint) as before_items
from compared_days
where outcome = 'compared'
group by location_id, name, region
