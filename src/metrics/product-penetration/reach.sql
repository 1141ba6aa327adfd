-- Grain: a region and a kind of product: cafés that sold it and receipts that hold it, in the weeks that the period touches.
-- Reads: location_grants, asked_weeks, kinds
with sold as (
  select
    location_grants.region,
    weekly_kinds.kind_id,
    count(distinct weekly_kinds.location_id) as cafes,
    sum(weekly_kinds.receipts) as receipts
  from weekly_kinds
  join location_grants on location_grants.location_id = weekly_kinds.location_id
  join asked_weeks on asked_weeks.week_start = weekly_kinds.week_start
  group by location_grants.region, weekly_kinds.kind_id
)
select
  sold.region,
  kinds.name,
  kinds.flavour,
  kinds.category,
  cast(sold.cafes as bigint) as cafes,
  cast(sold.receipts as bigint) as receipts
from sold
join kinds on kinds.kind_id = sold.kind_id
