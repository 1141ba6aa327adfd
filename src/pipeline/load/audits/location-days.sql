-- Days of a café in location_days that are not what deliveries, receipts, refused rows and the registry say, and days that should
-- be there and are not. Grain: a café and day; empty means pass.
with counted_days as (
  select
    deliveries.location_id,
    deliveries.business_date,
    count(*) as deliveries,
    sum(deliveries.receipts) as receipts,
    sum(deliveries.total_pence) as total_pence,
    max(files.loaded_at) as delivered_at
  from deliveries
  join files on files.file_id = deliveries.file_id
  where deliveries.counted
  group by deliveries.location_id, deliveries.business_date
),
first_days as (
  select location_id, min(business_date) as first_on
  from counted_days
  group by location_id
),
corrected_days as (
  select deliveries.location_id, deliveries.business_date, count(*) as corrections
  from deliveries
  join files on files.file_id = deliveries.file_id
  join files as later_files on later_files.file_id = deliveries.superseded_by
  where not deliveries.counted and later_files.content_hash <> files.content_hash
  group by deliveries.location_id, deliveries.business_date
),
known_names as (
  select lower(name) as name, min(location_id) as location_id
  from location_names
  group by lower(name)
),
set_aside as (
  select
    known_names.location_id,
    coalesce(quarantine.business_date, files.key_date) as business_date,
    count(*) as refused_rows,
    sum(coalesce(quarantine.total_pence, 0)) as refused_pence
  from quarantine
  join files on files.file_id = quarantine.file_id
  join known_names on known_names.name = lower(coalesce(quarantine.location_name, files.key_cafe))
  group by known_names.location_id, coalesce(quarantine.business_date, files.key_date)
),
sold as (
  select
    location_id,
    business_date,
    cast(sum(item_count) as bigint) as items,
    count(case when customers.identity_basis = 'card' then transactions.customer_id end) as identified_receipts,
    count(distinct case when customers.identity_basis = 'card' then transactions.customer_id end) as identified_customers,
    sum(case when reconciled then 1 else 0 end) as reconciled_receipts
  from transactions
  left join customers on customers.customer_id = transactions.customer_id
  group by location_id, business_date
),
cafes as (
  select locations.*, coalesce(locations.opened_on, first_days.first_on) as known_opening
  from locations
  left join first_days on first_days.location_id = locations.location_id
),
expected as (
  select
    cafes.location_id,
    calendar.date as business_date,
    case
      when counted_days.deliveries > 0 then 'in'
      when not coalesce(calendar.date >= cafes.known_opening, false) then 'not_open'
      when coalesce(calendar.date >= cafes.closed_on, false) then 'not_open'
      when closures.reason is not null then 'closed'
      else 'missing'
    end as state,
    cafes.known_opening as opened_on,
    closures.reason as closure_reason,
    case
      when cafes.region = 'Scotland' then calendar.bank_holiday_scotland
      when cafes.region = 'Northern Ireland' then calendar.bank_holiday_northern_ireland
      else calendar.bank_holiday_england_wales
    end as bank_holiday,
    cast(coalesce(counted_days.receipts, 0) as bigint) as receipts,
    cast(coalesce(sold.items, 0) as bigint) as items,
    cast(coalesce(counted_days.total_pence, 0) as bigint) as total_pence,
    cast(coalesce(sold.identified_receipts, 0) as bigint) as identified_receipts,
    cast(coalesce(sold.identified_customers, 0) as bigint) as identified_customers,
    cast(coalesce(sold.reconciled_receipts, 0) as bigint) as reconciled_receipts,
    counted_days.delivered_at,
    corrected_days.corrections is not null as restated,
    cast(coalesce(set_aside.refused_rows, 0) as bigint) as refused_rows,
    cast(coalesce(set_aside.refused_pence, 0) as bigint) as refused_pence,
    cast(1 as bigint) as copies
  from cafes
  join calendar
    on calendar.date >= (select min(business_date) from counted_days)
    and calendar.date <= (select max(business_date) from counted_days)
  left join counted_days
    on counted_days.location_id = cafes.location_id and counted_days.business_date = calendar.date
  left join closures on closures.location_id = cafes.location_id and closures.date = calendar.date
  left join sold on sold.location_id = cafes.location_id and sold.business_date = calendar.date
  left join corrected_days
    on corrected_days.location_id = cafes.location_id and corrected_days.business_date = calendar.date
  left join set_aside on set_aside.location_id = cafes.location_id and set_aside.business_date = calendar.date
),
kept as (
  select
    location_id,
    business_date,
    state,
    opened_on,
    closure_reason,
    bank_holiday,
    receipts,
    items,
    total_pence,
    identified_receipts,
    identified_customers,
    reconciled_receipts,
    delivered_at,
    restated,
    refused_rows,
    refused_pence,
    count(*) as copies
  from location_days
  group by location_id, business_date, state, opened_on, closure_reason, bank_holiday, receipts, items, total_pence,
    identified_receipts, identified_customers, reconciled_receipts, delivered_at, restated, refused_rows, refused_pence
),
{{difference}}
