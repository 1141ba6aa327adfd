-- Grain: one row: different customers known by a card or token, in the period, and on both sides of the comparison over the compared
-- café-days.
-- Sides are powers of two, and a customer's add up: the period 1, what of it is compared 2, its counterpart 4. Who buys at one café
-- only is one row of a side, unless one begins in another year than it ends ($in_one_year is 0): only the others are put together.
-- Reads: day_sides
with cafe_masks as (
  select
    day_sides.location_id,
    day_bits.year,
    bit_or(case when day_sides.is_now = 1 then day_bits.jan_feb else cast(0 as bigint) end) as period_jan_feb,
    bit_or(case when day_sides.is_now = 1 then day_bits.mar_apr else cast(0 as bigint) end) as period_mar_apr,
    bit_or(case when day_sides.is_now = 1 then day_bits.may_jun else cast(0 as bigint) end) as period_may_jun,
    bit_or(case when day_sides.is_now = 1 then day_bits.jul_aug else cast(0 as bigint) end) as period_jul_aug,
    bit_or(case when day_sides.is_now = 1 then day_bits.sep_oct else cast(0 as bigint) end) as period_sep_oct,
    bit_or(case when day_sides.is_now = 1 then day_bits.nov_dec else cast(0 as bigint) end) as period_nov_dec,
    bit_or(case when day_sides.is_now * day_sides.is_compared = 1 then day_bits.jan_feb else cast(0 as bigint) end) as now_jan_feb,
    bit_or(case when day_sides.is_now * day_sides.is_compared = 1 then day_bits.mar_apr else cast(0 as bigint) end) as now_mar_apr,
    bit_or(case when day_sides.is_now * day_sides.is_compared = 1 then day_bits.may_jun else cast(0 as bigint) end) as now_may_jun,
    bit_or(case when day_sides.is_now * day_sides.is_compared = 1 then day_bits.jul_aug else cast(0 as bigint) end) as now_jul_aug,
    bit_or(case when day_sides.is_now * day_sides.is_compared = 1 then day_bits.sep_oct else cast(0 as bigint) end) as now_sep_oct,
    bit_or(case when day_sides.is_now * day_sides.is_compared = 1 then day_bits.nov_dec else cast(0 as bigint) end) as now_nov_dec,
    bit_or(case when day_sides.is_now = 0 then day_bits.jan_feb else cast(0 as bigint) end) as before_jan_feb,
    bit_or(case when day_sides.is_now = 0 then day_bits.mar_apr else cast(0 as bigint) end) as before_mar_apr,
    bit_or(case when day_sides.is_now = 0 then day_bits.may_jun else cast(0 as bigint) end) as before_may_jun,
    bit_or(case when day_sides.is_now = 0 then day_bits.jul_aug else cast(0 as bigint) end) as before_jul_aug,
    bit_or(case when day_sides.is_now = 0 then day_bits.sep_oct else cast(0 as bigint) end) as before_sep_oct,
    bit_or(case when day_sides.is_now = 0 then day_bits.nov_dec else cast(0 as bigint) end) as before_nov_dec
  from day_sides
  join day_bits on day_bits.date = day_sides.business_date
  group by day_sides.location_id, day_bits.year
),
cafe_customers as (
  select
    customer_years.customer_id,
    customer_years.is_shared or cast($in_one_year as integer) = 0 as is_several,
    case
      when (
        (customer_years.jan_feb & cafe_masks.period_jan_feb)
        | (customer_years.mar_apr & cafe_masks.period_mar_apr)
        | (customer_years.may_jun & cafe_masks.period_may_jun)
        | (customer_years.jul_aug & cafe_masks.period_jul_aug)
        | (customer_years.sep_oct & cafe_masks.period_sep_oct)
        | (customer_years.nov_dec & cafe_masks.period_nov_dec)
      ) <> 0 then 1
      else 0
    end
    + case
      when (
        (customer_years.jan_feb & cafe_masks.now_jan_feb)
        | (customer_years.mar_apr & cafe_masks.now_mar_apr)
        | (customer_years.may_jun & cafe_masks.now_may_jun)
        | (customer_years.jul_aug & cafe_masks.now_jul_aug)
        | (customer_years.sep_oct & cafe_masks.now_sep_oct)
        | (customer_years.nov_dec & cafe_masks.now_nov_dec)
      ) <> 0 then 2
      else 0
    end
    + case
      when (
        (customer_years.jan_feb & cafe_masks.before_jan_feb)
        | (customer_years.mar_apr & cafe_masks.before_mar_apr)
        | (customer_years.may_jun & cafe_masks.before_may_jun)
        | (customer_years.jul_aug & cafe_masks.before_jul_aug)
        | (customer_years.sep_oct & cafe_masks.before_sep_oct)
        | (customer_years.nov_dec & cafe_masks.before_nov_dec)
      ) <> 0 then 4
      else 0
    end as sides
  from customer_years
  join cafe_masks
    on cafe_masks.location_id = customer_years.location_id
    and cafe_masks.year = customer_years.year
  where
    customer_years.is_card
    and customer_years.first_on <= greatest(cast($to as date), cast($before_to as date))
    and customer_years.last_on >= least(cast($from as date), cast($before_from as date))
),
customer_sides as (
  select sides
  from cafe_customers
  where not is_several
  union all
  select bit_or(sides)
  from cafe_customers
  where is_several and sides > 0
  group by customer_id
)
select
  cast(count(case when (sides & 1) > 0 then 1 end) as bigint) as customers,
  cast(count(case when (sides & 2) > 0 then 1 end) as bigint) as compared,
  cast(count(case when (sides & 4) > 0 then 1 end) as bigint) as counterpart
from customer_sides
