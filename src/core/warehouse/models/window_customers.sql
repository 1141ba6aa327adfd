-- Grain: a window (13 weeks of a group of cafés: counted_windows, of load or of a metric) and a customer who came, with the day of the first
-- receipt there ever, the days of the 13 weeks (see thirteen_weeks) and what was spent in the whole months nearest to them (see odd_receipts).
-- Putting customers together from many rows is what costs most, and most need it not: whoever has one row, or is one row in the window.
-- Reads: counted_windows, known_years, several_years
with window_years as (
  select
    counted_windows.window_no,
    counted_windows.group_id,
    counted_windows.week_start,
    known_years.customer_id,
    known_years.is_card,
    known_years.first_on,
    counted_windows.is_several and not known_years.is_single as is_part,
    (known_years.jan_feb & thirteen_week_masks.outer_jan_feb)
    | (known_years.mar_apr & thirteen_week_masks.outer_mar_apr)
    | (known_years.may_jun & thirteen_week_masks.outer_may_jun)
    | (known_years.jul_aug & thirteen_week_masks.outer_jul_aug)
    | (known_years.sep_oct & thirteen_week_masks.outer_sep_oct)
    | (known_years.nov_dec & thirteen_week_masks.outer_nov_dec) as outer_days,
    (known_years.jan_feb & thirteen_week_masks.middle_jan_feb)
    | (known_years.mar_apr & thirteen_week_masks.middle_mar_apr)
    | (known_years.may_jun & thirteen_week_masks.middle_may_jun)
    | (known_years.jul_aug & thirteen_week_masks.middle_jul_aug)
    | (known_years.sep_oct & thirteen_week_masks.middle_sep_oct)
    | (known_years.nov_dec & thirteen_week_masks.middle_nov_dec) as middle_days,
    cast(
      case when 12 * known_years.year + 0 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.jan_pence else 0 end
      + case when 12 * known_years.year + 1 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.feb_pence else 0 end
      + case when 12 * known_years.year + 2 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.mar_pence else 0 end
      + case when 12 * known_years.year + 3 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.apr_pence else 0 end
      + case when 12 * known_years.year + 4 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.may_pence else 0 end
      + case when 12 * known_years.year + 5 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.jun_pence else 0 end
      + case when 12 * known_years.year + 6 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.jul_pence else 0 end
      + case when 12 * known_years.year + 7 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.aug_pence else 0 end
      + case when 12 * known_years.year + 8 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.sep_pence else 0 end
      + case when 12 * known_years.year + 9 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.oct_pence else 0 end
      + case when 12 * known_years.year + 10 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.nov_pence else 0 end
      + case when 12 * known_years.year + 11 between thirteen_weeks.first_whole and thirteen_weeks.last_whole then known_years.dec_pence else 0 end
      as double precision
    ) as pence
  from known_years
  join counted_windows on counted_windows.location_id = known_years.location_id
  join thirteen_week_masks
    on thirteen_week_masks.week_start = counted_windows.week_start
    and thirteen_week_masks.year = known_years.year
  -- Who came long before or long after has neither days nor months of them: whole months reach 15 days farther at most.
  join thirteen_weeks
    on thirteen_weeks.week_start = counted_windows.week_start
    and known_years.last_on >= thirteen_weeks.from_on - 15
    and known_years.first_on <= thirteen_weeks.to_on + 15
),
-- A row may have no day of the 13 weeks, and pence of the months that odd receipts take off again.
together as (
  select window_no, group_id, week_start, customer_id, is_card, first_on, outer_days, middle_days, pence
  from window_years
  where not is_part and (outer_days | middle_days) <> 0
  union all
  select
    window_no,
    group_id,
    week_start,
    customer_id,
    is_card,
    min(first_on) as first_on,
    bit_or(outer_days) as outer_days,
    bit_or(middle_days) as middle_days,
    sum(pence) as pence
  from window_years
  where is_part
  group by window_no, group_id, week_start, customer_id, is_card
  having (bit_or(outer_days) | bit_or(middle_days)) <> 0
),
group_cafes as (
  select distinct group_id, location_id
  from counted_windows
),
-- Who has rows of other years in the group may have come first in one of those.
firsts as (
  select group_cafes.group_id, several_years.customer_id, min(several_years.first_on) as first_on
  from several_years
  join group_cafes on group_cafes.location_id = several_years.location_id
  group by group_cafes.group_id, several_years.customer_id
  having count(*) > 1
)
select
  together.window_no,
  together.week_start,
  together.customer_id,
  together.is_card,
  coalesce(firsts.first_on, together.first_on) as first_on,
  together.outer_days,
  together.middle_days,
  together.pence
from together
left join firsts on firsts.group_id = together.group_id and firsts.customer_id = together.customer_id
