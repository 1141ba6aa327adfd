-- Grain: a comparison (see counterparts), a café and a day on one side of it: is_now is 1 for every day of the period, 0 for the
-- counterparts that are compared with some of them; is_compared is 1 for those days and these.
-- Reads: paired_days
with sides as (
  select 1 as is_now
  union all
  select 0 as is_now
)
select
  paired_days.location_id,
  paired_days.region,
  case when sides.is_now = 1 then paired_days.business_date else paired_days.before_date end as business_date,
  paired_days.shift_days,
  sides.is_now,
  paired_days.is_compared
from paired_days
cross join sides
where sides.is_now = 1 or paired_days.is_compared = 1
