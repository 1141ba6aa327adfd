-- Grain: a side of the comparison (is_now is 1 or 0): different customers known by a card or token, over the compared café-days.
-- Reads: day_sides
with cafe_masks as (
  select
    day_sides.location_id,
    day_sides.is_now,
    day_bits.year,
    bit_or(day_bits.jan_feb) as jan_feb,
    bit_or(day_bits.mar_apr) as mar_apr,
    bit_or(day_bits.may_jun) as may_jun,
    bit_or(day_bits.jul_aug) as jul_aug,
    bit_or(day_bits.sep_oct) as sep_oct,
    bit_or(day_bits.nov_dec) as nov_dec
  from day_sides
  join day_bits on day_bits.date = day_sides.business_date
  where day_sides.is_compared = 1
  group by day_sides.location_id, day_sides.is_now, day_bits.year
)
select
  cafe_masks.is_now,
  cast(count(distinct customer_years.customer_id) as bigint) as customers
from cafe_masks
join customer_years
  on customer_years.location_id = cafe_masks.location_id
  and customer_years.year = cafe_masks.year
  and (
    (customer_years.jan_feb & cafe_masks.jan_feb)
    | (customer_years.mar_apr & cafe_masks.mar_apr)
    | (customer_years.may_jun & cafe_masks.may_jun)
    | (customer_years.jul_aug & cafe_masks.jul_aug)
    | (customer_years.sep_oct & cafe_masks.sep_oct)
    | (customer_years.nov_dec & cafe_masks.nov_dec)
  ) <> 0
where
  customer_years.is_card
  and (
    customer_years.first_on <= cast($to as date) and customer_years.last_on >= cast($from as date)
    or customer_years.first_on <= cast($before_to as date) and customer_years.last_on >= cast($before_from as date)
  )
group by cafe_masks.is_now
