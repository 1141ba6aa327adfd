-- Grain: one row: different customers known by a card or token, in the period and on both sides of both comparisons, in one reading
-- of the receipts. Sides are powers of two: the period 1, the counterparts of $shift_days and $other_shift_days 2 and 4, what of the
-- period is compared with them 8 and 16. A customer's sides add up to one number, so that each is looked up once.
-- Reads: day_sides
with marked_days as (
  select
    location_id,
    business_date,
    bit_or(
      case
        when is_now = 1 and shift_days = cast($shift_days as integer) then 1 + 8 * is_compared
        when is_now = 1 then 1 + 16 * is_compared
        when shift_days = cast($shift_days as integer) then 2
        else 4
      end
    ) as sides
  from day_sides
  group by location_id, business_date
),
visits as (
  select
    case when transactions.is_identified then transactions.customer_id end as customer_id,
    marked_days.sides
  from transactions
  join marked_days
    on marked_days.location_id = transactions.location_id
    and marked_days.business_date = transactions.business_date
  where
    transactions.business_date between cast($from as date) and cast($to as date)
    or transactions.business_date between cast($before_from as date) and cast($before_to as date)
    or transactions.business_date between cast($other_from as date) and cast($other_to as date)
),
customer_sides as (
  select customer_id, bit_or(sides) as sides
  from visits
  group by customer_id
)
select
  cast(count(case when (sides & 1) > 0 then 1 end) as bigint) as customers,
  cast(count(case when (sides & 8) > 0 then 1 end) as bigint) as now,
  cast(count(case when (sides & 2) > 0 then 1 end) as bigint) as before,
  cast(count(case when (sides & 16) > 0 then 1 end) as bigint) as other_now,
  cast(count(case when (sides & 4) > 0 then 1 end) as bigint) as other_before
from customer_sides
where customer_id is not null
