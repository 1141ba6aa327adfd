-- Which of the weeks that baskets are kept by (68-baskets) are to be counted anew.

-- Grain: a café and day of a week in which a touched day was counted before. What that day gave to the week's sums is not
-- known any more, so all days of the week are counted again.
create temp table recounted_days as
select weeks.location_id, calendar.date as business_date, weeks.week_start
from (
  select distinct daily_baskets.location_id, calendar.week_start
  from daily_baskets
  join touched_days
    on touched_days.location_id = daily_baskets.location_id
    and touched_days.business_date = daily_baskets.business_date
  join calendar on calendar.date = daily_baskets.business_date
) as weeks
join calendar on calendar.week_start = weeks.week_start;
