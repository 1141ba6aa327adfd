-- Grain: a café, week and two kinds of product. Which of them has the lower id differs from one warehouse to the next.
select
  locations.name as cafe,
  week_start,
  least(one.name || coalesce(' - ' || one.flavour, ''), other.name || coalesce(' - ' || other.flavour, '')) as first_kind,
  greatest(one.name || coalesce(' - ' || one.flavour, ''), other.name || coalesce(' - ' || other.flavour, '')) as second_kind,
  receipts
from weekly_pairs
join locations on locations.location_id = weekly_pairs.location_id
join products as one on one.product_id = weekly_pairs.kind_id
join products as other on other.product_id = weekly_pairs.other_kind_id
