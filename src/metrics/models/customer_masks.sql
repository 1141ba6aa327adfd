-- Grain: a group of cafés and a customer who bought at one of them up to the year of $last_pair, with the day of the first receipt
-- there and the days of the four pairs of months up to that one (see activity_sides), the latest first, whichever year each is of:
-- 26 weeks have days in no others. Names are there where $with_names is 1.
-- Putting customers together from many rows is what costs most, and most need it not: whoever bought at one café in one year is one row,
-- and is left out where that is before the last two years.
-- Reads: customer_groups
with latest as (
  select
    customer_groups.group_id,
    customer_years.customer_id,
    customer_years.is_card,
    customer_years.first_on,
    case mod(cast($last_pair as integer), 6)
      when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
      when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct when 5 then customer_years.nov_dec
      else cast(0 as bigint)
    end as mask_0,
    case mod(cast($last_pair as integer), 6) - 1
      when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
      when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct when 5 then customer_years.nov_dec
      else cast(0 as bigint)
    end as mask_1,
    case mod(cast($last_pair as integer), 6) - 2
      when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
      when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct when 5 then customer_years.nov_dec
      else cast(0 as bigint)
    end as mask_2,
    case mod(cast($last_pair as integer), 6) - 3
      when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
      when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct when 5 then customer_years.nov_dec
      else cast(0 as bigint)
    end as mask_3
  from customer_years
  join customer_groups on customer_groups.location_id = customer_years.location_id
  where
    (customer_years.is_card or cast($with_names as integer) = 1)
    and customer_years.is_single
    and 6 * customer_years.year = cast($last_pair as integer) - mod(cast($last_pair as integer), 6)
),
-- Of those with several rows; and single rows of the year before, which may have days among the 26 weeks.
rest as (
  select
    customer_groups.group_id,
    customer_years.customer_id,
    customer_years.is_card,
    min(customer_years.first_on) as first_on,
    bit_or(
      case cast($last_pair as integer) - 6 * customer_years.year
        when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
        when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct when 5 then customer_years.nov_dec
        else cast(0 as bigint)
      end
    ) as mask_0,
    bit_or(
      case cast($last_pair as integer) - 6 * customer_years.year - 1
        when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
        when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct when 5 then customer_years.nov_dec
        else cast(0 as bigint)
      end
    ) as mask_1,
    bit_or(
      case cast($last_pair as integer) - 6 * customer_years.year - 2
        when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
        when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct when 5 then customer_years.nov_dec
        else cast(0 as bigint)
      end
    ) as mask_2,
    bit_or(
      case cast($last_pair as integer) - 6 * customer_years.year - 3
        when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
        when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct when 5 then customer_years.nov_dec
        else cast(0 as bigint)
      end
    ) as mask_3
  from customer_years
  join customer_groups on customer_groups.location_id = customer_years.location_id
  where
    (customer_years.is_card or cast($with_names as integer) = 1)
    and (
      not customer_years.is_single
      and 6 * customer_years.year <= cast($last_pair as integer) - mod(cast($last_pair as integer), 6)
      or 6 * customer_years.year = cast($last_pair as integer) - mod(cast($last_pair as integer), 6) - 6
    )
  group by customer_groups.group_id, customer_years.customer_id, customer_years.is_card
)
select * from latest
union all
select * from rest
