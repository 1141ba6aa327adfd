-- Grain: one row: different customers known by a card or token, in the period and on both sides of both comparisons. $week_cafes
-- and $year_cafes are the cafés compared on all of their days, as scopes are written.
-- Sides are powers of two: the period 1, the counterparts 2 and 4, what of the period is compared with them 8 and 16. A customer's
-- sides add up to one number. Who buys at one café only is one row of a side, unless one begins in another year than it ends
-- ($in_one_year is 0): only the others are put together first, which is what costs most. One row of masks a year, not one a side: joining three rows to every
-- customer took three times as long.
-- Reads: location_grants
with marked_days as (
  select
    day_bits.*,
    day_bits.date between cast($from as date) and cast($to as date) as is_now,
    day_bits.date between cast($week_from as date) and cast($week_to as date) as is_week,
    day_bits.date between cast($year_from as date) and cast($year_to as date) as is_year
  from day_bits
  where
    day_bits.date between cast($from as date) and cast($to as date)
    or day_bits.date between cast($week_from as date) and cast($week_to as date)
    or day_bits.date between cast($year_from as date) and cast($year_to as date)
),
masks as (
  select
    year,
    coalesce(bit_or(case when is_now then jan_feb end), 0) as now_jan_feb,
    coalesce(bit_or(case when is_now then mar_apr end), 0) as now_mar_apr,
    coalesce(bit_or(case when is_now then may_jun end), 0) as now_may_jun,
    coalesce(bit_or(case when is_now then jul_aug end), 0) as now_jul_aug,
    coalesce(bit_or(case when is_now then sep_oct end), 0) as now_sep_oct,
    coalesce(bit_or(case when is_now then nov_dec end), 0) as now_nov_dec,
    coalesce(bit_or(case when is_week then jan_feb end), 0) as week_jan_feb,
    coalesce(bit_or(case when is_week then mar_apr end), 0) as week_mar_apr,
    coalesce(bit_or(case when is_week then may_jun end), 0) as week_may_jun,
    coalesce(bit_or(case when is_week then jul_aug end), 0) as week_jul_aug,
    coalesce(bit_or(case when is_week then sep_oct end), 0) as week_sep_oct,
    coalesce(bit_or(case when is_week then nov_dec end), 0) as week_nov_dec,
    coalesce(bit_or(case when is_year then jan_feb end), 0) as year_jan_feb,
    coalesce(bit_or(case when is_year then mar_apr end), 0) as year_mar_apr,
    coalesce(bit_or(case when is_year then may_jun end), 0) as year_may_jun,
    coalesce(bit_or(case when is_year then jul_aug end), 0) as year_jul_aug,
    coalesce(bit_or(case when is_year then sep_oct end), 0) as year_sep_oct,
    coalesce(bit_or(case when is_year then nov_dec end), 0) as year_nov_dec
  from marked_days
  group by year
),
cafe_sides as (
  select
    location_id,
    case when position(',' || cast(location_id as varchar(12)) || ',' in cast($week_cafes as varchar(60000))) > 0 then 1 else 0 end
      as in_week,
    case when position(',' || cast(location_id as varchar(12)) || ',' in cast($year_cafes as varchar(60000))) > 0 then 1 else 0 end
      as in_year
  from location_grants
),
cafe_customers as (
  select
    customer_years.customer_id,
    customer_years.is_shared or cast($in_one_year as integer) = 0 as is_several,
    case
      when (
        (customer_years.jan_feb & masks.now_jan_feb)
        | (customer_years.mar_apr & masks.now_mar_apr)
        | (customer_years.may_jun & masks.now_may_jun)
        | (customer_years.jul_aug & masks.now_jul_aug)
        | (customer_years.sep_oct & masks.now_sep_oct)
        | (customer_years.nov_dec & masks.now_nov_dec)
      ) <> 0 then 1 + 8 * cafe_sides.in_week + 16 * cafe_sides.in_year
      else 0
    end
    + case
      when (
        (customer_years.jan_feb & masks.week_jan_feb)
        | (customer_years.mar_apr & masks.week_mar_apr)
        | (customer_years.may_jun & masks.week_may_jun)
        | (customer_years.jul_aug & masks.week_jul_aug)
        | (customer_years.sep_oct & masks.week_sep_oct)
        | (customer_years.nov_dec & masks.week_nov_dec)
      ) <> 0 then 2 * cafe_sides.in_week
      else 0
    end
    + case
      when (
        (customer_years.jan_feb & masks.year_jan_feb)
        | (customer_years.mar_apr & masks.year_mar_apr)
        | (customer_years.may_jun & masks.year_may_jun)
        | (customer_years.jul_aug & masks.year_jul_aug)
        | (customer_years.sep_oct & masks.year_sep_oct)
        | (customer_years.nov_dec & masks.year_nov_dec)
      ) <> 0 then 4 * cafe_sides.in_year
      else 0
    end as sides
  from customer_years
  join masks on masks.year = customer_years.year
  join cafe_sides on cafe_sides.location_id = customer_years.location_id
  where
    customer_years.is_card
    -- Most customers came on a few days: most masks need not be looked at. One span for all sides is looked up faster than each by itself.
    and customer_years.first_on <= greatest(cast($to as date), cast($week_to as date), cast($year_to as date))
    and customer_years.last_on >= least(cast($from as date), cast($week_from as date), cast($year_from as date))
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
  cast(count(case when (sides & 8) > 0 then 1 end) as bigint) as week_now,
  cast(count(case when (sides & 2) > 0 then 1 end) as bigint) as week_before,
  cast(count(case when (sides & 16) > 0 then 1 end) as bigint) as year_now,
  cast(count(case when (sides & 4) > 0 then 1 end) as bigint) as year_before
from customer_sides
