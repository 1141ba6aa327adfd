-- Grain: rows of a customer at the cafés asked about which together are what they spent from $from to $to: a row a year for the months
-- from $first_whole to $last_whole (twelve numbers a year), which customer_years knows, and one for every receipt of the odd days at
-- either end, which the months lack (the sign is 1) or have beyond the period (-1).
-- Reads: location_grants
select
  customer_years.customer_id,
  cast(
    case when 12 * customer_years.year + 0 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.jan_pence else 0 end
    + case when 12 * customer_years.year + 1 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.feb_pence else 0 end
    + case when 12 * customer_years.year + 2 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.mar_pence else 0 end
    + case when 12 * customer_years.year + 3 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.apr_pence else 0 end
    + case when 12 * customer_years.year + 4 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.may_pence else 0 end
    + case when 12 * customer_years.year + 5 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.jun_pence else 0 end
    + case when 12 * customer_years.year + 6 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.jul_pence else 0 end
    + case when 12 * customer_years.year + 7 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.aug_pence else 0 end
    + case when 12 * customer_years.year + 8 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.sep_pence else 0 end
    + case when 12 * customer_years.year + 9 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.oct_pence else 0 end
    + case when 12 * customer_years.year + 10 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.nov_pence else 0 end
    + case when 12 * customer_years.year + 11 between cast($first_whole as integer) and cast($last_whole as integer) then customer_years.dec_pence else 0 end
    as double precision
  ) as pence
from customer_years
join location_grants on location_grants.location_id = customer_years.location_id
where 12 * customer_years.year between cast($first_whole as integer) - 11 and cast($last_whole as integer)
union all
select transactions.customer_id, cast(transactions.total_pence * cast($first_sign as integer) as double precision)
from transactions
join location_grants on location_grants.location_id = transactions.location_id
where transactions.business_date between cast($first_odd_from as date) and cast($first_odd_to as date)
union all
select transactions.customer_id, cast(transactions.total_pence * cast($last_sign as integer) as double precision)
from transactions
join location_grants on location_grants.location_id = transactions.location_id
where transactions.business_date between cast($last_odd_from as date) and cast($last_odd_to as date)
