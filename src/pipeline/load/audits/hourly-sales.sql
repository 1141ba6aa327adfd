-- Hours of a café in hourly_sales that are not what the receipts add up to. Grain: a café, day and hour; empty means pass.
with expected as (
  select
    location_id,
    business_date,
    hour,
    cast(count(*) as bigint) as receipts,
    cast(sum(item_count) as bigint) as items,
    cast(sum(total_pence) as bigint) as total_pence,
    cast(1 as bigint) as copies
  from transactions
  group by location_id, business_date, hour
),
kept as (
  select location_id, business_date, hour, receipts, items, total_pence, count(*) as copies
  from hourly_sales
  group by location_id, business_date, hour, receipts, items, total_pence
),
{{difference}}
