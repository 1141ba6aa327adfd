-- Grain: a café and kind of customer: both sides of what is compared. new: known by a card or token, and came to the café for the
-- first time in that side's period; returning: known, and came before it; unknown: everybody else. Whole pence.
-- Only first days since the earlier side began can make anybody new, so the others are not looked up; and the payment method, a text,
-- is looked at last: both are for speed.
-- Reads: compared_sides, first_days
with recent_firsts as (
  select location_id, customer_id, first_on
  from first_days
  where first_on >= cast($from as date) or first_on >= cast($before_from as date)
),
visits as (
  select
    compared_sides.location_id,
    compared_sides.is_now,
    transactions.payment_method,
    case when transactions.customer_id is null then 0 else 1 end as has_customer,
    case
      when compared_sides.is_now = 1 and recent_firsts.first_on >= cast($from as date) then 1
      when compared_sides.is_now = 0 and recent_firsts.first_on >= cast($before_from as date) then 1
      else 0
    end as is_new,
    count(*) as receipts,
    sum(transactions.item_count) as items,
    sum(transactions.total_pence) as pence
  from compared_sides
  join transactions
    on transactions.location_id = compared_sides.location_id
    and transactions.business_date = compared_sides.business_date
  left join recent_firsts
    on recent_firsts.location_id = transactions.location_id
    and recent_firsts.customer_id = transactions.customer_id
  where
    transactions.business_date between cast($from as date) and cast($to as date)
    or transactions.business_date between cast($before_from as date) and cast($before_to as date)
  group by
    compared_sides.location_id,
    compared_sides.is_now,
    transactions.payment_method,
    case when transactions.customer_id is null then 0 else 1 end,
    case
      when compared_sides.is_now = 1 and recent_firsts.first_on >= cast($from as date) then 1
      when compared_sides.is_now = 0 and recent_firsts.first_on >= cast($before_from as date) then 1
      else 0
    end
),
kinds as (
  select
    location_id,
    is_now,
    case
      when payment_method <> 'CARD' or has_customer = 0 then 'unknown'
      when is_new = 1 then 'new'
      else 'returning'
    end as kind,
    receipts,
    items,
    pence
  from visits
)
select
  location_id as cafe_id,
  kind,
  cast(sum(case when is_now = 1 then receipts else 0 end) as bigint) as now_receipts,
  cast(sum(case when is_now = 0 then receipts else 0 end) as bigint) as before_receipts,
  cast(sum(case when is_now = 1 then items else 0 end) as bigint) as now_items,
  cast(sum(case when is_now = 0 then items else 0 end) as bigint) as before_items,
  cast(sum(case when is_now = 1 then pence else 0 end) as bigint) as now_pence,
  cast(sum(case when is_now = 0 then pence else 0 end) as bigint) as before_pence
from kinds
group by location_id, kind
order by location_id, kind
