-- Grain: a café and kind of customer: both sides of what is compared. new: known by a card or token, and on their first day at the
-- café; returning: known, and on a later day; unknown: everybody else. Where $new_is_known is 0, nobody can tell new from returning: the
-- two are one kind, known. Whole pence.
-- Reads: compared_sides
with sides as (
  select
    compared_sides.location_id,
    compared_sides.is_now,
    sum(daily_sales.receipts) as receipts,
    sum(daily_sales.items) as items,
    sum(daily_sales.total_pence) as pence,
    sum(daily_sales.identified_receipts) as known_receipts,
    sum(daily_sales.identified_items) as known_items,
    sum(daily_sales.identified_pence) as known_pence,
    sum(coalesce(firsts.receipts, 0)) as first_receipts,
    sum(coalesce(firsts.items, 0)) as first_items,
    sum(coalesce(firsts.total_pence, 0)) as first_pence
  from compared_sides
  join daily_sales
    on daily_sales.location_id = compared_sides.location_id
    and daily_sales.business_date = compared_sides.business_date
  left join daily_first_visits as firsts
    on firsts.location_id = compared_sides.location_id
    and firsts.business_date = compared_sides.business_date
    and cast($new_is_known as integer) = 1
  group by compared_sides.location_id, compared_sides.is_now
),
kinds as (
  select location_id, is_now, 'new' as kind, first_receipts as receipts, first_items as items, first_pence as pence
  from sides
  union all
  select
    location_id,
    is_now,
    case when cast($new_is_known as integer) = 1 then 'returning' else 'known' end as kind,
    known_receipts - first_receipts as receipts,
    known_items - first_items as items,
    known_pence - first_pence as pence
  from sides
  union all
  select
    location_id,
    is_now,
    'unknown' as kind,
    receipts - known_receipts as receipts,
    items - known_items as items,
    pence - known_pence as pence
  from sides
)
select
  location_id as cafe_id,
  kind,
  cast(sum(case when is_now = 1 then receipts else 0 end) as bigint) as now_receipts,
  cast(sum(case when is_now = 0 then receipts else 0 end) as bigint) as before_receipts,
  cast(sum(case when is_now = 1 then items else 0 end) as bigint) as now_items,
  cast(sum(case when is_now = 0 then items else 0 end) as bigint) as before_items,
  cast(sum(case when is_now = 1 then pence else 0 end) as bigint) as now_pence,
  cast(sum(case when is_now = 0 then pence else 0 end) as bigint) as before_pence
from kinds
group by location_id, kind
having sum(receipts) > 0
order by location_id, kind
