-- Grain: a group of cafés and a customer who ever bought at one of them up to the year of $last_pair, with the day of the first receipt
-- there and the days of the four pairs of months up to that one (see activity_sides), the latest first, whichever year each is of:
-- 26 weeks have days in no others. Names are there where $with_names is 1.
-- Putting customers together from many rows is what costs most, and most need it not: whoever buys at one café, or at a group of one,
-- is one row of the year.
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
    and (not customer_years.is_shared or customer_groups.group_id <> 0)
    and 6 * customer_years.year = cast($last_pair as integer) - mod(cast($last_pair as integer), 6)
),
-- Of earlier years, and of customers of several cafés.
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
      6 * customer_years.year < cast($last_pair as integer) - mod(cast($last_pair as integer), 6)
      or 6 * customer_years.year = cast($last_pair as integer) - mod(cast($last_pair as integer), 6)
      and customer_years.is_shared
      and customer_groups.group_id = 0
    )
  group by customer_groups.group_id, customer_years.customer_id, customer_years.is_card
)
select
  coalesce(latest.group_id, rest.group_id) as group_id,
  coalesce(latest.customer_id, rest.customer_id) as customer_id,
  coalesce(latest.is_card, rest.is_card) as is_card,
  coalesce(rest.first_on, latest.first_on) as first_on,
  coalesce(latest.mask_0, cast(0 as bigint)) | coalesce(rest.mask_0, cast(0 as bigint)) as mask_0,
  coalesce(latest.mask_1, cast(0 as bigint)) | coalesce(rest.mask_1, cast(0 as bigint)) as mask_1,
  coalesce(latest.mask_2, cast(0 as bigint)) | coalesce(rest.mask_2, cast(0 as bigint)) as mask_2,
  coalesce(latest.mask_3, cast(0 as bigint)) | coalesce(rest.mask_3, cast(0 as bigint)) as mask_3
from latest
full join rest on rest.group_id = latest.group_id and rest.customer_id = latest.customer_id
