-- Every café on every day that has data, with what was expected of it and what came: what most questions begin with, and some
-- twenty joins where it is worked out while somebody waits. One load can change any day of any café (a first delivery moves an
-- opening, a new last day makes others late, the registry closes or merges), and all of it is a few ten thousand rows: so it is
-- made again as a whole.

delete from location_days;

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
  group by deliveries.location_id, deliveries.business_date
),
bounds as (
  select min(business_date) as first_on, max(business_date) as last_on
  from delivered
  where is_in = 1
),
openings as (
  select
    locations.location_id,
    locations.region,
    locations.closed_on,
    coalesce(locations.opened_on, min(delivered.business_date)) as opened_on
  from locations
  left join delivered on delivered.location_id = locations.location_id and delivered.is_in = 1
  group by locations.location_id, locations.region, locations.closed_on, locations.opened_on
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
  openings.location_id,
  calendar.date,
  case
    when delivered.is_in = 1 then 'in'
    when openings.opened_on is null or calendar.date < openings.opened_on then 'not_open'
    when calendar.date >= openings.closed_on then 'not_open'
    when closures.location_id is not null then 'closed'
    else 'missing'
  end,
  openings.opened_on,
  closures.reason,
  case openings.region
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
from openings
cross join calendar
join bounds on calendar.date between bounds.first_on and bounds.last_on
left join delivered on delivered.location_id = openings.location_id and delivered.business_date = calendar.date
left join closures on closures.location_id = openings.location_id and closures.date = calendar.date
left join daily_sales on daily_sales.location_id = openings.location_id and daily_sales.business_date = calendar.date
left join refused on refused.location_id = openings.location_id and refused.business_date = calendar.date
-- Questions are about a period: its days lie side by side.
order by calendar.date, openings.location_id;
