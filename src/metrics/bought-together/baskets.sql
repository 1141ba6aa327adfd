-- Grain: everything, a single row: receipts with a line, and those with two kinds of product, in the weeks that the period touches.
-- Reads: location_grants, asked_weeks
select
  cast(coalesce(sum(daily_baskets.receipts), 0) as bigint) as receipts,
  cast(coalesce(sum(daily_baskets.baskets), 0) as bigint) as baskets
from daily_baskets
join location_grants on location_grants.location_id = daily_baskets.location_id
join calendar on calendar.date = daily_baskets.business_date
join asked_weeks on asked_weeks.week_start = calendar.week_start
