-- Every café on every day that has data, with what was expected of it and what came: what most questions begin with, and some
-- twenty joins where it is worked out while somebody waits. Of a load that adds a day only that day is told; few change others, though
-- one can change any day of any café (a first delivery moves an opening, the registry closes or merges): see 69-stale-dates.

delete from location_days where business_date in (select date from stale_dates);

-- Reads: opened_cafes, delivered_span
insert into location_days (
  location_id, business_date, state, opened_on, closure_reason, bank_holiday, receipts, items, total_pence,
  identified_receipts, identified_customers, reconciled_receipts, delivered_at, restated, refused_rows, refused_pence
)
with delivered as (
  select
    deliveries.location_id,
    deliveries.business_date,
    max(case when deliveries.counted then 1 else 0 end) as is_in,
    max(case when deliveries.counted then files.loaded_at end) as delivered_at,
    -- The same bytes read again, or sent again, restate nothing.
    max(case when not deliveries.counted and later_files.content_hash <> files.content_hash then 1 else 0 end) as is_restated
  from deliveries
  join files on files.file_id = deliveries.file_id
  left join files as later_files on later_files.file_id = deliveries.superseded_by
  where deliveries.business_date in (select date from stale_dates)
  group by deliveries.location_id, deliveries.business_date
),
cafe_names as (
  select lower(name) as name, min(location_id) as location_id
  from location_names
  group by lower(name)
),
refused as (
  select
    cafe_names.location_id,
    coalesce(quarantine.business_date, files.key_date) as business_date,
    count(*) as refused_rows,
    coalesce(sum(quarantine.total_pence), 0) as refused_pence
  from quarantine
  join files on files.file_id = quarantine.file_id
  join cafe_names on cafe_names.name = lower(coalesce(quarantine.location_name, files.key_cafe))
  group by cafe_names.location_id, coalesce(quarantine.business_date, files.key_date)
)
select
  opened_cafes.location_id,
  calendar.date,
  case
    when delivered.is_in = 1 then 'in'
    when opened_cafes.opened_on is null or calendar.date < opened_cafes.opened_on then 'not_open'
    when calendar.date >= opened_cafes.closed_on then 'not_open'
    when closures.location_id is not null then 'closed'
    else 'missing'
  end,
  opened_cafes.opened_on,
  closures.reason,
  case opened_cafes.region
    when 'Scotland' then calendar.bank_holiday_scotland
    when 'Northern Ireland' then calendar.bank_holiday_northern_ireland
    else calendar.bank_holiday_england_wales
  end,
  coalesce(daily_sales.receipts, 0),
  coalesce(daily_sales.items, 0),
  coalesce(daily_sales.total_pence, 0),
  coalesce(daily_sales.identified_receipts, 0),
  coalesce(daily_sales.identified_customers, 0),
  coalesce(daily_sales.reconciled_receipts, 0),
  delivered.delivered_at,
  coalesce(delivered.is_restated, 0) = 1,
  cast(coalesce(refused.refused_rows, 0) as integer),
  cast(coalesce(refused.refused_pence, 0) as bigint)
from opened_cafes
cross join stale_dates
join calendar on calendar.date = stale_dates.date
join delivered_span on calendar.date between delivered_span.first_on and delivered_span.last_on
left join delivered on delivered.location_id = opened_cafes.location_id and delivered.business_date = calendar.date
left join closures on closures.location_id = opened_cafes.location_id and closures.date = calendar.date
left join daily_sales on daily_sales.location_id = opened_cafes.location_id and daily_sales.business_date = calendar.date
left join refused on refused.location_id = opened_cafes.location_id and refused.business_date = calendar.date
-- Questions are about a period: its days lie side by side.
order by calendar.date, opened_cafes.location_id;
