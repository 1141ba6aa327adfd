-- Grain: a year of the period, with the masks of the period's days in it (see customer_years).
select
  year,
  bit_or(jan_feb) as jan_feb,
  bit_or(mar_apr) as mar_apr,
  bit_or(may_jun) as may_jun,
  bit_or(jul_aug) as jul_aug,
  bit_or(sep_oct) as sep_oct,
  bit_or(nov_dec) as nov_dec
from day_bits
where date between cast($from as date) and cast($to as date)
group by year
