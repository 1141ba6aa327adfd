-- Grain: a group of cafés, whether customers are known by a card, a segment, a number of visits (a visit is a receipt) and a time
-- of absence: the customers with a receipt in the period. Worth is what somebody used to spend in a month while they came: over at
-- least four weeks, in whole pence each. Days of absence count from the last receipt to the period's end.
-- Reads: customer_groups, customer_firsts
with visits as (
  select
    customer_groups.group_id,
    transactions.customer_id,
    count(*) as receipts,
    sum(transactions.total_pence) as total_pence,
    max(transactions.business_date) as last_on
  from transactions
  join customer_groups on customer_groups.location_id = transactions.location_id
  where
    transactions.customer_id is not null
    and transactions.business_date between cast($from as date) and cast($to as date)
  group by customer_groups.group_id, transactions.customer_id
),
timed as (
  select
    visits.group_id,
    customer_firsts.is_card,
    visits.receipts,
    visits.total_pence,
    cast(cast($to as date) - customer_firsts.first_on as integer) as days_known,
    cast(cast($to as date) - visits.last_on as integer) as days_absent,
    cast(visits.last_on - greatest(customer_firsts.first_on, cast($from as date)) + 1 as integer) as days_coming
  from visits
  join customer_firsts
    on customer_firsts.group_id = visits.group_id and customer_firsts.customer_id = visits.customer_id
),
described as (
  select
    *,
    case
      when days_known < 28 and cast($new_is_known as integer) = 1 then 'new'
      when days_absent >= 21 and receipts >= 4 and receipts * 7 >= days_coming then 'gone_quiet'
      when days_absent >= 42 and receipts >= 3 then 'slipping_away'
      when receipts >= 12 then 'regulars'
      when receipts >= 6 then 'frequent'
      when receipts >= 2 then 'occasional'
      else 'one_visit'
    end as segment,
    case
      when receipts = 1 then '1'
      when receipts = 2 then '2'
      when receipts <= 5 then '3-5'
      when receipts <= 12 then '6-12'
      else '13+'
    end as visits,
    case
      when days_absent < 21 then '0-20'
      when days_absent < 28 then '21-27'
      when days_absent < 42 then '28-41'
      else '42+'
    end as absence,
    cast(floor(cast(total_pence as double precision) * 365 / (12 * greatest(days_coming, 28)) + 0.5) as bigint) as worth_pence
  from timed
)
select
  group_id,
  is_card,
  segment,
  visits,
  absence,
  cast(count(*) as bigint) as customers,
  cast(sum(receipts) as bigint) as receipts,
  cast(sum(total_pence) as bigint) as total_pence,
  cast(sum(worth_pence) as bigint) as worth_pence
from described
group by group_id, is_card, segment, visits, absence
order by group_id, is_card, segment, visits, absence
