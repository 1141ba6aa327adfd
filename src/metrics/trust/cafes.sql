-- Grain: a café expected, or in, on at least one day of the period. Pence are whole.
-- Reads: cafe_days, quarantined_rows
with refused as (
  select location_id, count(*) as refused_rows, sum(pence) as refused_pence
  from quarantined_rows
  where business_date between cast($from as date) and cast($to as date)
  group by location_id
)
select
  cafe_days.location_id as cafe_id,
  cafe_days.name,
  cast(count(*) as bigint) as days_expected,
  cast(sum(case when state = 'in' then 1 else 0 end) as bigint) as days_in,
  max(case when state = 'missing' then business_date end) as last_missing_on,
  cast(sum(receipts) as bigint) as receipts,
  cast(sum(reconciled_receipts) as bigint) as reconciled_receipts,
  cast(max(coalesce(refused.refused_rows, 0)) as bigint) as quarantined_rows,
  cast(max(coalesce(refused.refused_pence, 0)) as bigint) as quarantined_pence
from cafe_days
left join refused on refused.location_id = cafe_days.location_id
where state in ('in', 'missing')
group by cafe_days.location_id, cafe_days.name
order by days_expected - days_in desc, cafe_days.name
