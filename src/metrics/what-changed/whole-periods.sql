-- Grain: a café in two periods taken as wholes: both sides of everything it delivered, and whether it delivered in both
-- (compared) or else why not. Whole pence. Cafés of which nothing was expected, and nothing came, are not here.
-- Reads: cafe_days
with sides as (
  select location_id, name, region, state, receipts, items, pence, 1 as is_now
  from cafe_days
  where business_date between cast($from as date) and cast($to as date)
  union all
  select location_id, name, region, state, receipts, items, pence, 0 as is_now
  from cafe_days
  where business_date between cast($before_from as date) and cast($before_to as date)
),
cafes as (
  select
    location_id,
    name,
    region,
    sum(case when is_now = 1 and state = 'in' then 1 else 0 end) as now_days,
    sum(case when is_now = 0 and state = 'in' then 1 else 0 end) as before_days,
    sum(case when is_now = 1 and state = 'missing' then 1 else 0 end) as now_missing,
    sum(case when is_now = 0 and state = 'missing' then 1 else 0 end) as before_missing,
    sum(case when is_now = 1 and state = 'closed' then 1 else 0 end) as now_closed,
    sum(case when is_now = 0 and state = 'closed' then 1 else 0 end) as before_closed,
    sum(case when is_now = 1 then receipts else 0 end) as now_receipts,
    sum(case when is_now = 0 then receipts else 0 end) as before_receipts,
    sum(case when is_now = 1 then items else 0 end) as now_items,
    sum(case when is_now = 0 then items else 0 end) as before_items,
    sum(case when is_now = 1 then pence else 0 end) as now_pence,
    sum(case when is_now = 0 then pence else 0 end) as before_pence
  from sides
  group by location_id, name, region
)
select
  location_id as cafe_id,
  name,
  region,
  case
    when now_days > 0 and before_days > 0 then 'compared'
    when now_days = 0 and now_missing > 0 then 'not_delivered'
    when now_days = 0 and now_closed > 0 then 'closure'
    when now_days = 0 then 'closed_for_good'
    when before_missing > 0 then 'not_delivered_before'
    when before_closed > 0 then 'closure_before'
    else 'opened'
  end as outcome,
  cast(now_days as bigint) as now_days,
  cast(before_days as bigint) as before_days,
  cast(now_receipts as bigint) as now_receipts,
  cast(before_receipts as bigint) as before_receipts,
  cast(now_items as bigint) as now_items,
  cast(before_items as bigint) as before_items,
  cast(now_pence as bigint) as now_pence,
  cast(before_pence as bigint) as before_pence
from cafes
where now_days + now_missing + before_days > 0
order by location_id, outcome
