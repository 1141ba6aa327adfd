-- Grain: a group of cafés and a customer who ever bought at one of them, with the day of the first receipt there and the days of
-- those four pairs of months (see activity_sides), the latest first, that hold 26 weeks, whichever year each is of. Names are there
-- where $with_names is 1.
-- Reads: customer_groups
select
  customer_groups.group_id,
  customer_years.customer_id,
  customer_years.is_card,
  min(customer_years.first_on) as first_on,
  bit_or(
    case
      when 6 * customer_years.year <> cast($last_pair as integer) - mod(cast($last_pair as integer), 6) then cast(0 as bigint)
      else case mod(cast($last_pair as integer), 6)
        when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
        when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct else customer_years.nov_dec
      end
    end
  ) as mask_0,
  bit_or(
    case
      when 6 * customer_years.year <> cast($last_pair as integer) - 1 - mod(cast($last_pair as integer) - 1, 6) then cast(0 as bigint)
      else case mod(cast($last_pair as integer) - 1, 6)
        when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
        when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct else customer_years.nov_dec
      end
    end
  ) as mask_1,
  bit_or(
    case
      when 6 * customer_years.year <> cast($last_pair as integer) - 2 - mod(cast($last_pair as integer) - 2, 6) then cast(0 as bigint)
      else case mod(cast($last_pair as integer) - 2, 6)
        when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
        when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct else customer_years.nov_dec
      end
    end
  ) as mask_2,
  bit_or(
    case
      when 6 * customer_years.year <> cast($last_pair as integer) - 3 - mod(cast($last_pair as integer) - 3, 6) then cast(0 as bigint)
      else case mod(cast($last_pair as integer) - 3, 6)
        when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
        when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct else customer_years.nov_dec
      end
    end
  ) as mask_3
from customer_years
join customer_groups on customer_groups.location_id = customer_years.location_id
where customer_years.is_card or cast($with_names as integer) = 1
group by customer_groups.group_id, customer_years.customer_id, customer_years.is_card
