-- Grain: a café asked about: what was expected of it in the period, what came, and how good it was. Pence are whole.
-- last_delivered_on is the latest day there is up to the period's end, be it long before it.
-- Reads: cafe_days
with latest as (
  select location_days.location_id, max(location_days.business_date) as last_delivered_on
  from location_days
  join location_grants on location_grants.location_id = location_days.location_id
  where location_days.state = 'in' and location_days.business_date <= cast($to as date)
  group by location_days.location_id
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
  max(delivered_at) as delivered_at,
  max(latest.last_delivered_on) as last_delivered_on,
  cast(sum(refused_rows) as bigint) as quarantined_rows,
  cast(sum(refused_pence) as bigint) as quarantined_pence
from cafe_days
left join latest on latest.location_id = cafe_days.location_id
group by cafe_days.location_id, cafe_days.name, cafe_days.region
order by cafe_days.name, cafe_days.location_id
