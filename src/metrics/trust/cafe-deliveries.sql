-- Grain: a café asked about: what was expected of it in the period, what came, and how good it was. Pence are whole.
-- Reads: cafe_days, quarantined_rows
with delivered_files as (
  select
    deliveries.location_id,
    max(case when deliveries.business_date >= cast($from as date) then files.loaded_at end) as delivered_at,
    max(deliveries.business_date) as last_delivered_on
  from deliveries
  join files on files.file_id = deliveries.file_id
  where deliveries.counted and deliveries.business_date <= cast($to as date)
  group by deliveries.location_id
),
refused as (
  select location_id, count(*) as refused_rows, sum(pence) as refused_pence
  from quarantined_rows
  where business_date between cast($from as date) and cast($to as date)
  group by location_id
)
select
  cafe_days.location_id as cafe_id,
  cafe_days.name,
  cafe_days.region,
  cast(sum(case when state in ('in', 'missing') then 1 else 0 end) as bigint) as days_expected,
  cast(sum(case when state = 'in' then 1 else 0 end) as bigint) as days_in,
  cast(sum(case when state = 'in' and receipts = 0 then 1 else 0 end) as bigint) as days_empty,
  cast(sum(case when state = 'closed' then 1 else 0 end) as bigint) as days_closed,
  max(case when state = 'missing' then business_date end) as last_missing_on,
  cast(sum(receipts) as bigint) as receipts,
  cast(sum(pence) as bigint) as total_pence,
  cast(sum(reconciled_receipts) as bigint) as reconciled_receipts,
  max(delivered_files.delivered_at) as delivered_at,
  max(delivered_files.last_delivered_on) as last_delivered_on,
  cast(max(coalesce(refused.refused_rows, 0)) as bigint) as quarantined_rows,
  cast(max(coalesce(refused.refused_pence, 0)) as bigint) as quarantined_pence
from cafe_days
left join delivered_files on delivered_files.location_id = cafe_days.location_id
left join refused on refused.location_id = cafe_days.location_id
group by cafe_days.location_id, cafe_days.name, cafe_days.region
order by cafe_days.name, cafe_days.location_id
