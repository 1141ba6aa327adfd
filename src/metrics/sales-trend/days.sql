-- Grain: a day of the period with its counterpart: everything the cafés asked about delivered on each, and the like-for-like part of
-- both, theirs and that of all cafés granted. $own_locations are those asked about, as scopes are written. Pence are whole; null
-- where nothing was delivered, or nothing can be compared.
-- Reads: paired_days
with marked_days as (
  select
    *,
    case
      when position(',' || cast(location_id as varchar(12)) || ',' in cast($own_locations as varchar(60000))) > 0 then 1
      else 0
    end as is_own
  from paired_days
)
select
  business_date as date,
  before_date,
  cast(sum(case when is_own = 1 and now_state in ('in', 'missing') then 1 else 0 end) as bigint) as days_expected,
  cast(sum(case when is_own = 1 and now_state = 'in' then 1 else 0 end) as bigint) as days_in,
  cast(sum(case when is_own = 1 and now_state = 'in' then now_pence end) as bigint) as pence,
  cast(sum(case when is_own = 1 and now_state = 'in' then now_receipts end) as bigint) as receipts,
  cast(sum(case when is_own = 1 and before_state = 'in' then before_pence end) as bigint) as comparison_pence,
  cast(sum(case when is_own = 1 and is_compared = 1 then now_pence end) as bigint) as now_compared_pence,
  cast(sum(case when is_own = 1 and is_compared = 1 then before_pence end) as bigint) as before_compared_pence,
  cast(sum(case when is_compared = 1 then now_pence end) as bigint) as all_now_compared_pence,
  cast(sum(case when is_compared = 1 then before_pence end) as bigint) as all_before_compared_pence
from marked_days
group by business_date, before_date
order by business_date
