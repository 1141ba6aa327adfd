-- Grain: the period (is_now is 1) or the usual days before it (0), and a weekday: how many cafés delivered it at all, and the
-- café-days expected and delivered.
-- Reads: usual_days
select
  is_now,
  weekday,
  cast(count(distinct case when state = 'in' then location_id end) as bigint) as cafes,
  cast(sum(case when state in ('in', 'missing') then 1 else 0 end) as bigint) as days_expected,
  cast(sum(case when state = 'in' then 1 else 0 end) as bigint) as days_in
from usual_days
group by is_now, weekday
