-- What is known ahead of any 13 weeks: from the calendar alone.

-- Grain: 13 weeks, and one of these weeks as far as it lies in one month, with the masks of its days. Pairs of months are numbered, six a year.
create temp table week_months as
with offsets as (
  select 0 as weeks union all select 1 union all select 2 union all select 3 union all select 4 union all select 5 union all select 6
  union all select 7 union all select 8 union all select 9 union all select 10 union all select 11 union all select 12
),
parts as (
  select
    calendar.week_start,
    calendar.month_start,
    calendar.year,
    mod(calendar.month, 2) as is_first_month,
    6 * calendar.year + cast(floor((calendar.month + 1) / 2.0) as integer) - 1 as pair,
    min(calendar.date) as first_on,
    bit_or(day_bits.jan_feb) as jan_feb,
    bit_or(day_bits.mar_apr) as mar_apr,
    bit_or(day_bits.may_jun) as may_jun,
    bit_or(day_bits.jul_aug) as jul_aug,
    bit_or(day_bits.sep_oct) as sep_oct,
    bit_or(day_bits.nov_dec) as nov_dec
  from calendar
  join day_bits on day_bits.date = calendar.date
  group by calendar.week_start, calendar.month_start, calendar.year, calendar.month
),
weeks as (
  select
    calendar.week_start,
    calendar.week_start - 7 * offsets.weeks as part_start,
    offsets.weeks < 3 as is_recent,
    6 * calendar.year + cast(floor((calendar.month + 1) / 2.0) as integer) - 1 as late_pair
  from calendar
  cross join offsets
  where calendar.weekday = 7
)
select
  weeks.week_start,
  weeks.late_pair,
  weeks.is_recent,
  parts.month_start,
  parts.year,
  parts.is_first_month,
  parts.pair,
  parts.first_on,
  parts.jan_feb,
  parts.mar_apr,
  parts.may_jun,
  parts.jul_aug,
  parts.sep_oct,
  parts.nov_dec
from weeks
join parts on parts.week_start = weeks.part_start;

insert into thirteen_week_masks (
  week_start, year, outer_jan_feb, outer_mar_apr, outer_may_jun, outer_jul_aug, outer_sep_oct, outer_nov_dec, middle_jan_feb,
  middle_mar_apr, middle_may_jun, middle_jul_aug, middle_sep_oct, middle_nov_dec
)
select
  week_months.week_start,
  week_months.year,
  bit_or(case when week_months.pair <> week_months.late_pair - 1 then week_months.jan_feb else cast(0 as bigint) end),
  bit_or(case when week_months.pair <> week_months.late_pair - 1 then week_months.mar_apr else cast(0 as bigint) end),
  bit_or(case when week_months.pair <> week_months.late_pair - 1 then week_months.may_jun else cast(0 as bigint) end),
  bit_or(case when week_months.pair <> week_months.late_pair - 1 then week_months.jul_aug else cast(0 as bigint) end),
  bit_or(case when week_months.pair <> week_months.late_pair - 1 then week_months.sep_oct else cast(0 as bigint) end),
  bit_or(case when week_months.pair <> week_months.late_pair - 1 then week_months.nov_dec else cast(0 as bigint) end),
  bit_or(case when week_months.pair = week_months.late_pair - 1 then week_months.jan_feb else cast(0 as bigint) end),
  bit_or(case when week_months.pair = week_months.late_pair - 1 then week_months.mar_apr else cast(0 as bigint) end),
  bit_or(case when week_months.pair = week_months.late_pair - 1 then week_months.may_jun else cast(0 as bigint) end),
  bit_or(case when week_months.pair = week_months.late_pair - 1 then week_months.jul_aug else cast(0 as bigint) end),
  bit_or(case when week_months.pair = week_months.late_pair - 1 then week_months.sep_oct else cast(0 as bigint) end),
  bit_or(case when week_months.pair = week_months.late_pair - 1 then week_months.nov_dec else cast(0 as bigint) end)
from week_months
group by week_months.week_start, week_months.year
order by week_months.week_start, week_months.year;

-- Grain: 13 weeks and one of their ends: turns_on is their first day, or the day after the last; and the month nearest to it begins.
create temp table week_ends as
with ends as (
  select week_start, true as is_first, min(first_on) as turns_on from week_months group by week_start
  union all
  select distinct week_start, false, week_start + 7 from week_months
),
months as (
  select
    month_start,
    cast(min(12 * year + month - 1) as integer) as month_no,
    cast(month_start + cast(count(*) as integer) as date) as ends_before
  from calendar
  group by month_start
)
select
  ends.week_start,
  ends.is_first,
  ends.turns_on,
  months.month_start,
  ends.turns_on - months.month_start <= months.ends_before - ends.turns_on as is_begun,
  case when ends.turns_on - months.month_start <= months.ends_before - ends.turns_on then months.month_no else months.month_no + 1 end as nearest_no
from ends
join calendar on calendar.date = ends.turns_on
join months on months.month_start = calendar.month_start;

insert into thirteen_week_odd_days (week_start, is_first, date, sign)
select
  week_ends.week_start,
  week_ends.is_first,
  calendar.date,
  -- The month begins before the first day, or ends after the last.
  cast(case when week_ends.is_begun = week_ends.is_first then -1 else 1 end as smallint)
from week_ends
join calendar on calendar.month_start = week_ends.month_start
where week_ends.is_begun = (calendar.date < week_ends.turns_on)
order by week_ends.week_start, calendar.date;

insert into thirteen_weeks (
  week_start, from_on, to_on, is_in_one_year, late, outer_recent, middle_recent, late_second_on, late_first_on, middle_second_on,
  middle_first_on, early_second_on, early_first_on, first_whole, last_whole
)
with bits as (
  select
    week_months.*,
    jan_feb | mar_apr | may_jun | jul_aug | sep_oct | nov_dec as days
  from week_months
),
wholes as (
  select
    week_start,
    max(case when is_first then nearest_no end) as first_whole,
    max(case when is_first then null else nearest_no end) - 1 as last_whole
  from week_ends
  group by week_start
)
select
  bits.week_start,
  cast(bits.week_start - 84 as date),
  cast(bits.week_start + 6 as date),
  min(bits.year) = max(bits.year),
  bit_or(case when bits.pair = bits.late_pair then bits.days else cast(0 as bigint) end),
  bit_or(case when bits.pair <> bits.late_pair - 1 and bits.is_recent then bits.days else cast(0 as bigint) end),
  bit_or(case when bits.pair = bits.late_pair - 1 and bits.is_recent then bits.days else cast(0 as bigint) end),
  max(case when bits.pair = bits.late_pair and bits.is_first_month = 0 then bits.month_start end),
  max(case when bits.pair = bits.late_pair and bits.is_first_month = 1 then bits.month_start end),
  max(case when bits.pair = bits.late_pair - 1 and bits.is_first_month = 0 then bits.month_start end),
  max(case when bits.pair = bits.late_pair - 1 and bits.is_first_month = 1 then bits.month_start end),
  max(case when bits.pair = bits.late_pair - 2 and bits.is_first_month = 0 then bits.month_start end),
  max(case when bits.pair = bits.late_pair - 2 and bits.is_first_month = 1 then bits.month_start end),
  wholes.first_whole,
  wholes.last_whole
from bits
join wholes on wholes.week_start = bits.week_start
group by bits.week_start, wholes.first_whole, wholes.last_whole
order by bits.week_start;
