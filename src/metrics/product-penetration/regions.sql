-- Grain: a region: cafés that sold anything, how many of them the caller may not see, and their receipts with a line, in the weeks that
-- the period touches.
-- Reads: location_grants, strangers, asked_weeks
select
  location_grants.region,
  cast(count(distinct daily_baskets.location_id) as bigint) as cafes,
  cast(count(distinct strangers.location_id) as bigint) as strangers,
  cast(sum(daily_baskets.receipts) as bigint) as receipts
from daily_baskets
join location_grants on location_grants.location_id = daily_baskets.location_id
join calendar on calendar.date = daily_baskets.business_date
left join strangers on strangers.location_id = daily_baskets.location_id
join asked_weeks on asked_weeks.week_start = calendar.week_start
group by location_grants.region
