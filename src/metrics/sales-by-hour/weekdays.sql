-- Grain: the period (is_now is 1) or the usual days before it (from $usual_from; 0), and a weekday (Monday is 1): how many cafés
-- delivered it at all, and the café-days expected and delivered.
-- A weekday is told by the days since a Monday, which needs no calendar.
-- Reads: location_grants
with asked as (
  select
    location_days.location_id,
    location_days.state,
    mod(location_days.business_date - cast('1999-12-27' as date), 7) + 1 as weekday,
    case when location_days.business_date >= cast($from as date) then 1 else 0 end as is_now
  from location_days
  join location_grants on location_grants.location_id = location_days.location_id
  where location_days.business_date between cast($usual_from as date) and cast($to as date)
)
select
  is_now,
  weekday,
  cast(count(distinct case when state = 'in' then location_id end) as bigint) as cafes,
  cast(sum(case when state in ('in', 'missing') then 1 else 0 end) as bigint) as days_expected,
  cast(sum(case when state = 'in' then 1 else 0 end) as bigint) as days_in
from asked
group by is_now, weekday
