-- Grain: a day of the period with its counterpart: everything the cafés asked about delivered on each, and the like-for-like part of
-- both, theirs and that of all cafés granted. $own_locations are those asked about, as scopes are written. Of the cafés that the
-- caller may not see, strangers_compared are those in the like-for-like part of the day's block, one of $block_days days from the first
-- on. Pence are whole; null where nothing was delivered, or nothing can be compared.
-- Reads: paired_days, strangers
with marked_days as (
  select
    *,
    (business_date - cast($from as date)) - mod(business_date - cast($from as date), cast($block_days as integer)) as block,
    case
      when position(',' || cast(location_id as varchar(12)) || ',' in cast($own_locations as varchar(60000))) > 0 then 1
      else 0
    end as is_own
  from paired_days
),
blocks as (
  select marked_days.block, count(distinct strangers.location_id) as strangers_compared
  from marked_days
  join strangers on strangers.location_id = marked_days.location_id
  where marked_days.is_compared = 1
  group by marked_days.block
)
select
  marked_days.business_date as date,
  marked_days.before_date,
  cast(sum(case when is_own = 1 and now_state in ('in', 'missing') then 1 else 0 end) as bigint) as days_expected,
  cast(sum(case when is_own = 1 and now_state = 'in' then 1 else 0 end) as bigint) as days_in,
  cast(sum(case when is_own = 1 and now_state = 'in' then now_pence end) as bigint) as pence,
  cast(sum(case when is_own = 1 and now_state = 'in' then now_receipts end) as bigint) as receipts,
  cast(sum(case when is_own = 1 and before_state = 'in' then before_pence end) as bigint) as comparison_pence,
  cast(sum(case when is_own = 1 and is_compared = 1 then now_pence end) as bigint) as now_compared_pence,
  cast(sum(case when is_own = 1 and is_compared = 1 then before_pence end) as bigint) as before_compared_pence,
  cast(sum(case when is_compared = 1 then now_pence end) as bigint) as all_now_compared_pence,
  cast(sum(case when is_compared = 1 then before_pence end) as bigint) as all_before_compared_pence,
  cast(coalesce(max(blocks.strangers_compared), 0) as bigint) as strangers_compared
from marked_days
left join blocks on blocks.block = marked_days.block
group by marked_days.business_date, marked_days.before_date
order by marked_days.business_date
