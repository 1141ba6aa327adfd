-- Grain: one row: café-days expected and delivered in the period.
-- Reads: cafe_days
select
  cast(coalesce(sum(case when state in ('in', 'missing') then 1 else 0 end), 0) as bigint) as days_expected,
  cast(coalesce(sum(case when state = 'in' then 1 else 0 end), 0) as bigint) as days_in
from cafe_days
