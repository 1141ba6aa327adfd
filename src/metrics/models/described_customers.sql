-- Grain: as visiting_customers, with the segment and the days from the first visit of the side to the last. Segments are numbers until
-- they are counted (customer-activity has their names), those gone quiet one for each time of absence: the days from the last visit
-- to the side's end.
-- Reads: visiting_customers
-- When somebody came last need be known only of those whose absence says something: the month, then the day by its highest bit.
with last_months as (
  select
    *,
    case
      when is_recent or visits < 3 then null
      when (outer_days & late) > 2147483647 then (outer_days & late) >> 31
      when (outer_days & late) > 0 then outer_days & late
      when middle_days > 2147483647 then middle_days >> 31
      when middle_days > 0 then middle_days
      when outer_days > 2147483647 then outer_days >> 31
      else outer_days
    end as month_days,
    case
      when is_recent or visits < 3 then null
      when (outer_days & late) > 2147483647 then late_second
      when (outer_days & late) > 0 then late_first
      when middle_days > 2147483647 then middle_second
      when middle_days > 0 then middle_first
      when outer_days > 2147483647 then early_second
      else early_first
    end as month_on
  from visiting_customers
),
-- 31 bits are exact in double precision, and so is their logarithm to base 2 as far as the whole number goes.
absent as (
  select
    *,
    case
      when month_days is not null
        then month_on + cast(floor(ln(cast(month_days as double precision)) / 0.6931471805599453 + 0.0000000001) as integer)
    end as last_on
  from last_months
)
select
  is_now,
  group_id,
  customer_id,
  is_card,
  visits,
  case when last_on is not null then cast(last_on - greatest(first_on, from_on) + 1 as integer) end as days_coming,
  case
    when first_on >= new_from then 3
    when last_on is null then case when visits >= 12 then 0 when visits >= 6 then 1 when visits >= 2 then 2 else 4 end
    when visits >= 4 and visits * 7 >= last_on - greatest(first_on, from_on) + 1
      then case when to_on - last_on < 28 then 6 when to_on - last_on < 42 then 7 else 8 end
    when to_on - last_on >= 42 then 5
    when visits >= 12 then 0
    when visits >= 6 then 1
    else 2
  end as segment_no
from absent
