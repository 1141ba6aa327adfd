-- Grain: a week (from Monday) of the period and a year it has days in, with the masks of those days (see customer_years).
select
  calendar.week_start,
  calendar.year,
  bit_or(day_bits.jan_feb) as jan_feb,
  bit_or(day_bits.mar_apr) as mar_apr,
  bit_or(day_bits.may_jun) as may_jun,
  bit_or(day_bits.jul_aug) as jul_aug,
  bit_or(day_bits.sep_oct) as sep_oct,
  bit_or(day_bits.nov_dec) as nov_dec
from calendar
join day_bits on day_bits.date = calendar.date
where calendar.date between cast($from as date) and cast($to as date)
group by calendar.week_start, calendar.year
