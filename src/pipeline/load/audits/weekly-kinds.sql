-- Kinds of a café and week in weekly_kinds that are not what the lines say. Grain: a café, week and kind; empty means pass.
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
receipts as (
  select transaction_id, count(*) as kinds
  from lines
  group by transaction_id
),
expected as (
  select
    lines.location_id,
    lines.week_start,
    lines.kind_id,
    cast(count(*) as bigint) as receipts,
    cast(sum(case when receipts.kinds > 1 then 1 else 0 end) as bigint) as baskets,
    cast(1 as bigint) as copies
  from lines
  join receipts on receipts.transaction_id = lines.transaction_id
  group by lines.location_id, lines.week_start, lines.kind_id
),
kept as (
  select location_id, week_start, kind_id, receipts, baskets, count(*) as copies
  from weekly_kinds
  group by location_id, week_start, kind_id, receipts, baskets
),
{{difference}}
