-- Grain: a café and a day asked about, with what was expected of it and what came.
-- State: in (delivered), missing (expected, not delivered), closed (a planned closure), not_open (before opening, or closed for
-- good: from closed_on on). What was delivered is in, whatever was planned. A café whose opening is unknown opened with its first
-- delivery, unless the whole chain's data begins later than the day: then nobody knows, and it counts as missing.
-- Reads: location_grants, asked_days, delivered_days, sales_days
with first_deliveries as (
  select location_id, min(business_date) as first_delivered_on
  from deliveries
  where counted
  group by location_id
),
chain_start as (
  select min(business_date) as first_on
  from deliveries
  where counted
),
planned_closures as (
  select location_id, date as business_date, min(reason) as closure_reason
  from closures
  group by location_id, date
)
select
  location_grants.location_id,
  location_grants.name,
  location_grants.region,
  coalesce(location_grants.opened_on, first_deliveries.first_delivered_on) as opened_on,
  location_grants.closed_on,
  asked_days.business_date,
  asked_days.weekday,
  case
    when delivered_days.location_id is not null then 'in'
    when coalesce(location_grants.opened_on, first_deliveries.first_delivered_on) is null then 'not_open'
    when asked_days.business_date < location_grants.opened_on then 'not_open'
    when
      location_grants.opened_on is null
      and asked_days.business_date < first_deliveries.first_delivered_on
      and asked_days.business_date >= chain_start.first_on
      then 'not_open'
    when asked_days.business_date >= location_grants.closed_on then 'not_open'
    when planned_closures.location_id is not null then 'closed'
    else 'missing'
  end as state,
  planned_closures.closure_reason,
  case location_grants.region
    when 'Scotland' then asked_days.bank_holiday_scotland
    when 'Northern Ireland' then asked_days.bank_holiday_northern_ireland
    else asked_days.bank_holiday_england_wales
  end as bank_holiday,
  coalesce(sales_days.pence, 0) as pence,
  coalesce(sales_days.receipts, 0) as receipts,
  coalesce(sales_days.items, 0) as items,
  coalesce(sales_days.identified_receipts, 0) as identified_receipts,
  coalesce(sales_days.identified_customers, 0) as identified_customers,
  coalesce(sales_days.reconciled_receipts, 0) as reconciled_receipts
from location_grants
cross join asked_days
cross join chain_start
left join delivered_days
  on delivered_days.location_id = location_grants.location_id
  and delivered_days.business_date = asked_days.business_date
left join first_deliveries on first_deliveries.location_id = location_grants.location_id
left join planned_closures
  on planned_closures.location_id = location_grants.location_id
  and planned_closures.business_date = asked_days.business_date
left join sales_days
  on sales_days.location_id = location_grants.location_id
  and sales_days.business_date = asked_days.business_date
