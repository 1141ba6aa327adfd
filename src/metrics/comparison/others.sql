-- Grain: a region with other cafés that can be compared: both sides of the comparison, how many cafés, and how many of them the
-- caller may not see. $caller_locations holds those the caller may, as scopes are written. Whole pence.
-- Reads: compared_days
select
  region,
  cast(count(distinct location_id) as bigint) as cafes_compared,
  cast(count(distinct case
    when position(',' || cast(location_id as varchar(12)) || ',' in cast($caller_locations as varchar(60000))) > 0 then null
    else location_id
  end) as bigint) as strangers_compared,
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
where outcome = 'compared'
group by region
order by region
