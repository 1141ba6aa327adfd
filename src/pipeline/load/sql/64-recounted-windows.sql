-- Of which 13 weeks a café's customers (weekly_segments) are to be counted anew.

-- Grain: a café and customer who came before this load, whose first day it has moved: null where nothing is left.
create temp table moved_first_days as
select
  earlier_first_days.location_id,
  earlier_first_days.first_on as earlier_on,
  min(customer_years.first_on) as first_on
from earlier_first_days
left join customer_years
  on customer_years.location_id = earlier_first_days.location_id
  and customer_years.customer_id = earlier_first_days.customer_id
group by earlier_first_days.location_id, earlier_first_days.customer_id, earlier_first_days.first_on
having min(customer_years.first_on) is null or min(customer_years.first_on) <> earlier_first_days.first_on;

-- Grain: a café and 13 weeks: those that have a day which this load touched, those that have both days between which a first day moved (the
-- later one is enough), and of every café those that are over only now. is_over is false of weeks that were counted and are to be counted no
-- more: they are too old by now, or the newest day was withdrawn.
create temp table recounted_windows as
with delivered as (
  select min(business_date) as oldest_on, max(business_date) as newest_on
  from deliveries
  where counted
),
-- The last 14 weeks that are over: with the last of all, the 13 weeks before it are there as well. Whoever asks about others waits for them.
over_weeks as (
  select thirteen_weeks.week_start, thirteen_weeks.is_in_one_year
  from thirteen_weeks
  join delivered
    on thirteen_weeks.to_on between delivered.oldest_on and delivered.newest_on
    and thirteen_weeks.to_on > delivered.newest_on - 98
),
changed_weeks as (
  select touched_days.location_id, calendar.week_start
  from touched_days
  join calendar on calendar.date = touched_days.business_date
  union
  select moved_first_days.location_id, calendar.week_start
  from moved_first_days
  join calendar on calendar.date = greatest(moved_first_days.earlier_on, moved_first_days.first_on)
),
windows as (
  select changed_weeks.location_id, over_weeks.week_start
  from changed_weeks
  join over_weeks on over_weeks.week_start between changed_weeks.week_start and changed_weeks.week_start + 84
  union
  select locations.location_id, over_weeks.week_start
  from locations
  cross join over_weeks
  cross join (select min(week_start) as first_start, max(week_start) as last_start from weekly_segments) as counted
  where counted.last_start is null or over_weeks.week_start > counted.last_start or over_weeks.week_start < counted.first_start
  union
  select weekly_segments.location_id, weekly_segments.week_start
  from weekly_segments
  left join over_weeks on over_weeks.week_start = weekly_segments.week_start
  where over_weeks.week_start is null
)
select
  cast(row_number() over (order by windows.week_start, windows.location_id) as integer) as window_no,
  windows.location_id,
  windows.week_start,
  over_weeks.week_start is not null as is_over,
  not coalesce(over_weeks.is_in_one_year, true) as is_several
from windows
left join over_weeks on over_weeks.week_start = windows.week_start;
