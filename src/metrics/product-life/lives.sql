-- Grain: a kind of product that the cafés asked about sold from $lookback_from, a Monday, up to the period's end. first_on to
-- total_pence are of those days; first_week is the week it was first sold in, however long ago. silent_days are days after its
-- last one on which a café that had sold it delivered. cafes_from is the first day on which any of the cafés delivered at all.
-- Reads: location_grants, product_kinds, kinds
with cafe_lives as (
  select
    daily_products.location_id,
    product_kinds.kind_id,
    min(daily_products.business_date) as first_on,
    max(daily_products.business_date) as last_on,
    sum(daily_products.items) as items,
    sum(daily_products.total_pence) as total_pence
  from daily_products
  join location_grants on location_grants.location_id = daily_products.location_id
  join product_kinds on product_kinds.product_id = daily_products.product_id
  where daily_products.business_date between cast($lookback_from as date) and cast($to as date)
  group by daily_products.location_id, product_kinds.kind_id
),
lives as (
  select
    kind_id,
    min(first_on) as first_on,
    max(last_on) as last_on,
    count(*) as cafes,
    sum(items) as items,
    sum(total_pence) as total_pence
  from cafe_lives
  group by kind_id
),
first_weeks as (
  select weekly_kinds.kind_id, min(weekly_kinds.week_start) as first_week
  from weekly_kinds
  join location_grants on location_grants.location_id = weekly_kinds.location_id
  group by weekly_kinds.kind_id
),
silences as (
  select lives.kind_id, count(distinct location_days.business_date) as silent_days
  from lives
  join cafe_lives on cafe_lives.kind_id = lives.kind_id
  join location_days
    on location_days.location_id = cafe_lives.location_id
    and location_days.business_date > lives.last_on
  where
    lives.last_on < cast($to as date)
    and location_days.state = 'in'
    and location_days.business_date between cast($lookback_from as date) and cast($to as date)
  group by lives.kind_id
),
cafes as (
  select min(location_days.business_date) as cafes_from
  from location_days
  join location_grants on location_grants.location_id = location_days.location_id
  where location_days.state = 'in'
)
select
  kinds.name,
  kinds.flavour,
  kinds.category,
  first_weeks.first_week,
  lives.first_on,
  lives.last_on,
  cast(lives.cafes as bigint) as cafes,
  cast(lives.items as bigint) as items,
  cast(lives.total_pence as bigint) as total_pence,
  cast(coalesce(silences.silent_days, 0) as bigint) as silent_days,
  cafes.cafes_from
from lives
join kinds on kinds.kind_id = lives.kind_id
join first_weeks on first_weeks.kind_id = lives.kind_id
left join silences on silences.kind_id = lives.kind_id
cross join cafes
