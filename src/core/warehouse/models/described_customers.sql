-- Grain: as visiting_customers, with whether the first receipt is in the last 28 days, the segment if that is left aside, and the days from
-- the first visit of the 13 weeks to the last. Segments are numbers (metrics/customer-activity has their names): 0 is 12 visits or more, 1 is
-- 6 or more, 2 is 2 or more, 4 is one; 5 is slipping away; 6, 7 and 8 have gone quiet, by the days from the last visit to the end: up to 27,
-- up to 41, more. 3 is for new ones, should they be told apart.
-- Reads: counted_windows, visiting_customers
-- When somebody came last need be known only of those whose absence says something: the month, then the day by its highest bit.
with window_weeks as (
  select
    thirteen_weeks.week_start,
    min(thirteen_weeks.from_on) as from_on,
    min(thirteen_weeks.to_on) as to_on,
    min(thirteen_weeks.late) as late,
    min(thirteen_weeks.outer_recent) as outer_recent,
    min(thirteen_weeks.middle_recent) as middle_recent,
    min(thirteen_weeks.late_second_on) as late_second_on,
    min(thirteen_weeks.late_first_on) as late_first_on,
    min(thirteen_weeks.middle_second_on) as middle_second_on,
    min(thirteen_weeks.middle_first_on) as middle_first_on,
    min(thirteen_weeks.early_second_on) as early_second_on,
    min(thirteen_weeks.early_first_on) as early_first_on
  from thirteen_weeks
  join counted_windows on counted_windows.week_start = thirteen_weeks.week_start
  group by thirteen_weeks.week_start
),
told as (
  select
    visiting_customers.*,
    visiting_customers.outer_days & window_weeks.late as late_days,
    visiting_customers.visits >= 3
    and (visiting_customers.outer_days & window_weeks.outer_recent) = 0
    and (visiting_customers.middle_days & window_weeks.middle_recent) = 0 as is_absent,
    window_weeks.from_on,
    window_weeks.to_on,
    window_weeks.late_second_on,
    window_weeks.late_first_on,
    window_weeks.middle_second_on,
    window_weeks.middle_first_on,
    window_weeks.early_second_on,
    window_weeks.early_first_on
  from visiting_customers
  join window_weeks on window_weeks.week_start = visiting_customers.week_start
),
last_months as (
  select
    window_no,
    customer_id,
    is_card,
    first_on,
    visits,
    pence,
    from_on,
    to_on,
    case
      when not is_absent then null
      when late_days > 2147483647 then late_days >> 31
      when late_days > 0 then late_days
      when middle_days > 2147483647 then middle_days >> 31
      when middle_days > 0 then middle_days
      when outer_days > 2147483647 then outer_days >> 31
      else outer_days
    end as month_days,
    case
      when not is_absent then null
      when late_days > 2147483647 then late_second_on
      when late_days > 0 then late_first_on
      when middle_days > 2147483647 then middle_second_on
      when middle_days > 0 then middle_first_on
      when outer_days > 2147483647 then early_second_on
      else early_first_on
    end as month_on
  from told
),
-- 31 bits are exact in double precision, and so is their logarithm to base 2 as far as the whole number goes.
absent as (
  select
    *,
    case
      when month_days is not null
        then month_on + cast(floor(ln(cast(month_days as double precision)) / 0.6931471805599453 + 0.0000000001) as integer)
    end as last_on
  from last_months
)
select
  window_no,
  customer_id,
  is_card,
  visits,
  pence,
  first_on >= to_on - 27 as is_new,
  case when last_on is not null then cast(last_on - greatest(first_on, from_on) + 1 as integer) end as days_coming,
  case
    when last_on is null then case when visits >= 12 then 0 when visits >= 6 then 1 when visits >= 2 then 2 else 4 end
    when visits >= 4 and visits * 7 >= last_on - greatest(first_on, from_on) + 1
      then case when to_on - last_on < 28 then 6 when to_on - last_on < 42 then 7 else 8 end
    when to_on - last_on >= 42 then 5
    when visits >= 12 then 0
    when visits >= 6 then 1
    else 2
  end as segment_no
from absent
