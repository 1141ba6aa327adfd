-- Pairs of kinds of a café and week in weekly_pairs that are not what joining lines with lines gives. Grain: a café, week and
-- pair; empty means pass.
with lines as (
  select distinct
    transaction_items.transaction_id,
    transaction_items.location_id,
    calendar.week_start,
    (
      select min(sizes.product_id)
      from products as sizes
      where sizes.name = products.name and coalesce(sizes.flavour, '') = coalesce(products.flavour, '')
    ) as kind_id
  from transaction_items
  join products on products.product_id = transaction_items.product_id
  join calendar on calendar.date = transaction_items.business_date
),
expected as (
  select
    one.location_id,
    one.week_start,
    one.kind_id,
    other.kind_id as other_kind_id,
    cast(count(*) as bigint) as receipts,
    cast(1 as bigint) as copies
  from lines as one
  join lines as other on other.transaction_id = one.transaction_id and other.kind_id > one.kind_id
  group by one.location_id, one.week_start, one.kind_id, other.kind_id
),
kept as (
  select location_id, week_start, kind_id, other_kind_id, receipts, count(*) as copies
  from weekly_pairs
  group by location_id, week_start, kind_id, other_kind_id, receipts
),
{{difference}}
