-- Grain: two kinds of product on the same receipts, in the weeks that the period touches: baskets with both, and with each.
-- Reads: location_grants, asked_weeks, kinds
with pairs as (
  select weekly_pairs.kind_id, weekly_pairs.other_kind_id, sum(weekly_pairs.receipts) as receipts
  from weekly_pairs
  join location_grants on location_grants.location_id = weekly_pairs.location_id
  join asked_weeks on asked_weeks.week_start = weekly_pairs.week_start
  group by weekly_pairs.kind_id, weekly_pairs.other_kind_id
),
baskets_of_kind as (
  select weekly_kinds.kind_id, sum(weekly_kinds.baskets) as baskets
  from weekly_kinds
  join location_grants on location_grants.location_id = weekly_kinds.location_id
  join asked_weeks on asked_weeks.week_start = weekly_kinds.week_start
  group by weekly_kinds.kind_id
)
select
  one.name,
  one.flavour,
  other.name as other_name,
  other.flavour as other_flavour,
  cast(pairs.receipts as bigint) as receipts,
  cast(with_one.baskets as bigint) as baskets,
  cast(with_other.baskets as bigint) as other_baskets
from pairs
join kinds as one on one.kind_id = pairs.kind_id
join kinds as other on other.kind_id = pairs.other_kind_id
join baskets_of_kind as with_one on with_one.kind_id = pairs.kind_id
join baskets_of_kind as with_other on with_other.kind_id = pairs.other_kind_id
