-- Grain: a day of the calendar. Two months share a mask: the lowest 31 bits are the days of the first, the next 31 of the second.
insert into day_bits (date, year, jan_feb, mar_apr, may_jun, jul_aug, sep_oct, nov_dec)
with bits as (
  select
    date,
    year,
    month,
    cast(1 as bigint) << cast(day - 1 + case when mod(month, 2) = 0 then 31 else 0 end as integer) as day_bit
  from calendar
)
select
  date,
  year,
  case when month in (1, 2) then day_bit else cast(0 as bigint) end,
  case when month in (3, 4) then day_bit else cast(0 as bigint) end,
  case when month in (5, 6) then day_bit else cast(0 as bigint) end,
  case when month in (7, 8) then day_bit else cast(0 as bigint) end,
  case when month in (9, 10) then day_bit else cast(0 as bigint) end,
  case when month in (11, 12) then day_bit else cast(0 as bigint) end
from bits
