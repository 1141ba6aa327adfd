-- Grain: a window (13 weeks of a group of cafés: counted_windows, of load or of a metric) and a customer who came, with the day of the first
-- receipt there ever, the days of the 13 weeks (see thirteen_weeks) and what was spent in the whole months nearest to them (see odd_receipts).
-- Putting customers together from many rows is what costs most, and most need it not: whoever has one row, or is one row in the window.
-- Reads: counted_windows, known_years, several_years
-- All that is known of a window's year, for each of its cafés: few rows, and grouped, they stay together. (Where all of a load's tables are new
-- the engine knows nothing of their sizes, and looked each up for every customer.)
with window_masks as (
  select
    counted_windows.window_no,
    counted_windows.location_id,
    thirteen_week_masks.year,
    counted_windows.group_id,
    counted_windows.week_start,
    counted_windows.is_several,
    min(thirteen_weeks.from_on) as from_on,
    min(thirteen_weeks.to_on) as to_on,
    min(thirteen_weeks.first_whole) as first_whole,
    min(thirteen_weeks.last_whole) as last_whole,
    min(thirteen_week_masks.outer_jan_feb) as outer_jan_feb,
    min(thirteen_week_masks.outer_mar_apr) as outer_mar_apr,
    min(thirteen_week_masks.outer_may_jun) as outer_may_jun,
    min(thirteen_week_masks.outer_jul_aug) as outer_jul_aug,
    min(thirteen_week_masks.outer_sep_oct) as outer_sep_oct,
    min(thirteen_week_masks.outer_nov_dec) as outer_nov_dec,
    min(thirteen_week_masks.middle_jan_feb) as middle_jan_feb,
    min(thirteen_week_masks.middle_mar_apr) as middle_mar_apr,
    min(thirteen_week_masks.middle_may_jun) as middle_may_jun,
    min(thirteen_week_masks.middle_jul_aug) as middle_jul_aug,
    min(thirteen_week_masks.middle_sep_oct) as middle_sep_oct,
    min(thirteen_week_masks.middle_nov_dec) as middle_nov_dec
  from counted_windows
  join thirteen_week_masks on thirteen_week_masks.week_start = counted_windows.week_start
  join thirteen_weeks on thirteen_weeks.week_start = counted_windows.week_start
  group by
    counted_windows.window_no,
    counted_windows.location_id,
    thirteen_week_masks.year,
    counted_windows.group_id,
    counted_windows.week_start,
    counted_windows.is_several
),
window_years as (
  select
    window_masks.window_no,
    window_masks.group_id,
    window_masks.week_start,
    known_years.customer_id,
    known_years.is_card,
    known_years.first_on,
    window_masks.is_several and not known_years.is_single as is_part,
    (known_years.jan_feb & window_masks.outer_jan_feb)
    | (known_years.mar_apr & window_masks.outer_mar_apr)
    | (known_years.may_jun & window_masks.outer_may_jun)
    | (known_years.jul_aug & window_masks.outer_jul_aug)
    | (known_years.sep_oct & window_masks.outer_sep_oct)
    | (known_years.nov_dec & window_masks.outer_nov_dec) as outer_days,
    (known_years.jan_feb & window_masks.middle_jan_feb)
    | (known_years.mar_apr & window_masks.middle_mar_apr)
    | (known_years.may_jun & window_masks.middle_may_jun)
    | (known_years.jul_aug & window_masks.middle_jul_aug)
    | (known_years.sep_oct & window_masks.middle_sep_oct)
    | (known_years.nov_dec & window_masks.middle_nov_dec) as middle_days,
    cast(
      case when 12 * known_years.year + 0 between window_masks.first_whole and window_masks.last_whole then known_years.jan_pence else 0 end
      + case when 12 * known_years.year + 1 between window_masks.first_whole and window_masks.last_whole then known_years.feb_pence else 0 end
      + case when 12 * known_years.year + 2 between window_masks.first_whole and window_masks.last_whole then known_years.mar_pence else 0 end
      + case when 12 * known_years.year + 3 between window_masks.first_whole and window_masks.last_whole then known_years.apr_pence else 0 end
      + case when 12 * known_years.year + 4 between window_masks.first_whole and window_masks.last_whole then known_years.may_pence else 0 end
      + case when 12 * known_years.year + 5 between window_masks.first_whole and window_masks.last_whole then known_years.jun_pence else 0 end
      + case when 12 * known_years.year + 6 between window_masks.first_whole and window_masks.last_whole then known_years.jul_pence else 0 end
      + case when 12 * known_years.year + 7 between window_masks.first_whole and window_masks.last_whole then known_years.aug_pence else 0 end
      + case when 12 * known_years.year + 8 between window_masks.first_whole and window_masks.last_whole then known_years.sep_pence else 0 end
      + case when 12 * known_years.year + 9 between window_masks.first_whole and window_masks.last_whole then known_years.oct_pence else 0 end
      + case when 12 * known_years.year + 10 between window_masks.first_whole and window_masks.last_whole then known_years.nov_pence else 0 end
      + case when 12 * known_years.year + 11 between window_masks.first_whole and window_masks.last_whole then known_years.dec_pence else 0 end
      as double precision
    ) as pence
  from known_years
  -- Who came long before or long after has neither days nor months of them: whole months reach 15 days farther at most.
  join window_masks
    on window_masks.location_id = known_years.location_id
    and window_masks.year = known_years.year
    and known_years.last_on >= window_masks.from_on - 15
    and known_years.first_on <= window_masks.to_on + 15
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
