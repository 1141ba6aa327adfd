-- Days of a café in location_days that are not what deliveries, receipts and the registry say, and days that should be there and
-- are not. Grain: a café and day; empty means pass.
with counted_days as (
  select location_id, business_date, count(*) as deliveries, sum(receipts) as receipts, sum(total_pence) as total_pence
  from deliveries
  where counted
  group by location_id, business_date
),
sold as (
  select
    location_id,
    business_date,
    cast(sum(item_count) as bigint) as items,
    count(case when payment_method = 'CARD' then customer_id end) as identified_receipts,
    count(distinct case when payment_method = 'CARD' then customer_id end) as identified_customers,
    sum(case when reconciled then 1 else 0 end) as reconciled_receipts
  from transactions
  group by location_id, business_date
),
expected as (
  select
    locations.location_id,
    calendar.date as business_date,
    case
      when counted_days.deliveries > 0 then 'in'
      when not coalesce(calendar.date >= locations.opened_on, calendar.date >= (
        select min(first_days.business_date)
        from counted_days as first_days
        where first_days.location_id = locations.location_id
      ), false) then 'not_open'
      when coalesce(calendar.date >= locations.closed_on, false) then 'not_open'
      when exists (
        select 1
        from closures
        where closures.location_id = locations.location_id and closures.date = calendar.date
      ) then 'closed'
      else 'missing'
    end as state,
    cast(coalesce(counted_days.receipts, 0) as bigint) as receipts,
    cast(coalesce(sold.items, 0) as bigint) as items,
    cast(coalesce(counted_days.total_pence, 0) as bigint) as total_pence,
    cast(coalesce(sold.identified_receipts, 0) as bigint) as identified_receipts,
    cast(coalesce(sold.identified_customers, 0) as bigint) as identified_customers,
    cast(coalesce(sold.reconciled_receipts, 0) as bigint) as reconciled_receipts,
    cast(1 as bigint) as copies
  from locations
  join calendar
    on calendar.date >= (select min(business_date) from counted_days)
    and calendar.date <= (select max(business_date) from counted_days)
  left join counted_days
    on counted_days.location_id = locations.location_id and counted_days.business_date = calendar.date
  left join sold on sold.location_id = locations.location_id and sold.business_date = calendar.date
),
kept as (
  select
    location_id,
    business_date,
    state,
    receipts,
    items,
    total_pence,
    identified_receipts,
    identified_customers,
    reconciled_receipts,
    count(*) as copies
  from location_days
  group by location_id, business_date, state, receipts, items, total_pence, identified_receipts, identified_customers,
    reconciled_receipts
),
missing as (
  select * from expected
  except
  select * from kept
),
surplus as (
  select * from kept
  except
  select * from expected
)
select 'missing' as fault, * from missing
union all
select 'surplus' as fault, * from surplus
