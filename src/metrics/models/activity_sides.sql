-- Grain: a side: is_now is 1 for the period ($from to $to, 13 weeks at most), 0 for the weeks before it, where they are asked about
-- ($before_from, else null). It has the masks of its days, as many of its last 21 days, and the first days of the months.
-- Two months share a mask, and $last_pair numbers those in which the period ends: six numbers a year, then 0 to 5 within it. 13
-- weeks have days in three masks at most: late, middle and early. Of those in the first and in the last, which are 32 at most where
-- there are days in three, no two have the same bit: outer holds both.
with sides as (
  select 1 as is_now, cast($from as date) as from_on, cast($to as date) as to_on
  union all
  select 0, date, cast($before_to as date)
  from calendar
  where date = cast($before_from as date)
),
side_days as (
  select
    sides.is_now,
    sides.from_on,
    sides.to_on,
    calendar.date,
    calendar.date between sides.from_on and sides.to_on as is_asked,
    calendar.date between sides.to_on - 20 and sides.to_on as is_recent,
    cast($last_pair as integer) - 1 + sides.is_now - 6 * calendar.year - ((calendar.month - 1) >> 1) as place,
    day_bits.jan_feb | day_bits.mar_apr | day_bits.may_jun | day_bits.jul_aug | day_bits.sep_oct | day_bits.nov_dec as day_bit
  from calendar
  join day_bits on day_bits.date = calendar.date
  cross join sides
  where calendar.date between sides.to_on - 220 and sides.to_on + 62
)
select
  is_now,
  from_on,
  to_on,
  case when to_on - 27 >= cast($new_known_from as date) then to_on - 27 end as new_from,
  bit_or(case when place = 0 and is_asked then day_bit else cast(0 as bigint) end) as late,
  bit_or(case when place = 1 and is_asked then day_bit else cast(0 as bigint) end) as middle,
  bit_or(case when place = 2 and is_asked then day_bit else cast(0 as bigint) end) as early,
  bit_or(case when place in (0, 2) and is_asked and is_recent then day_bit else cast(0 as bigint) end) as outer_recent,
  bit_or(case when place = 1 and is_asked and is_recent then day_bit else cast(0 as bigint) end) as middle_recent,
  min(case when place = 0 and day_bit = 1 then date end) as late_first,
  min(case when place = 0 and day_bit = 2147483648 then date end) as late_second,
  min(case when place = 1 and day_bit = 1 then date end) as middle_first,
  min(case when place = 1 and day_bit = 2147483648 then date end) as middle_second,
  min(case when place = 2 and day_bit = 1 then date end) as early_first,
  min(case when place = 2 and day_bit = 2147483648 then date end) as early_second
from side_days
group by is_now, from_on, to_on
