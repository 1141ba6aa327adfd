-- What is bought together, by café and week. Each day is counted once, when it is not in daily_baskets, and added to its week: a
-- new day then costs as much as its own receipts. Joining lines with lines for every receipt would cost half as much again, so
-- receipts with the same kinds of product are one basket, whose pairs are worked out once.

-- Grain: a café and day of a week in which a touched day was counted before. What that day gave to the week's sums is not
-- known any more, so all days of the week are counted again.
create temp table recounted_days as
select weeks.location_id, calendar.date as business_date, weeks.week_start
from (
  select distinct daily_baskets.location_id, calendar.week_start
  from daily_baskets
  join touched_days
    on touched_days.location_id = daily_baskets.location_id
    and touched_days.business_date = daily_baskets.business_date
  join calendar on calendar.date = daily_baskets.business_date
) as weeks
join calendar on calendar.week_start = weeks.week_start;

delete from daily_baskets using recounted_days
where recounted_days.location_id = daily_baskets.location_id
  and recounted_days.business_date = daily_baskets.business_date;

delete from weekly_kinds using recounted_days
where recounted_days.location_id = weekly_kinds.location_id and recounted_days.week_start = weekly_kinds.week_start;

delete from weekly_pairs using recounted_days
where recounted_days.location_id = weekly_pairs.location_id and recounted_days.week_start = weekly_pairs.week_start;

-- Grain: a café and day that is not counted yet; in a warehouse from before baskets were kept, every one.
create temp table uncounted_days as
select
  daily_sales.location_id,
  daily_sales.business_date,
  calendar.week_start,
  row_number() over (order by daily_sales.location_id, daily_sales.business_date) as day_number
from daily_sales
join calendar on calendar.date = daily_sales.business_date
left join daily_baskets
  on daily_baskets.location_id = daily_sales.location_id
  and daily_baskets.business_date = daily_sales.business_date
where daily_sales.items > 0 and daily_baskets.location_id is null;

-- Grain: a product with its kind. The 62 kinds that sell most have a bit each; all others share the last one.
create temp table product_kinds as
with kinds as (
  select product_id, min(product_id) over (partition by name, coalesce(flavour, '')) as kind_id
  from products
),
sold as (
  select kinds.kind_id, row_number() over (order by sum(daily_products.items) desc, kinds.kind_id) as place
  from daily_products
  join uncounted_days
    on uncounted_days.location_id = daily_products.location_id
    and uncounted_days.business_date = daily_products.business_date
  join kinds on kinds.product_id = daily_products.product_id
  group by kinds.kind_id
)
select
  kinds.product_id,
  kinds.kind_id,
  cast(power(2, case when sold.place <= 62 then sold.place - 1 else 62 end) as bigint) as bit
from kinds
join sold on sold.kind_id = kinds.kind_id;

-- Grain: a receipt. Receipts with the same kinds have the same basket; one with a kind that has no bit of its own has a basket
-- to itself, numbered below zero.
create temp table receipt_baskets as
select
  transaction_id,
  day_number,
  case when bits >= 4611686018427387904 then -transaction_id else bits end as basket
from (
  select
    transaction_items.transaction_id,
    min(uncounted_days.day_number) as day_number,
    bit_or(product_kinds.bit) as bits
  from transaction_items
  join uncounted_days
    on uncounted_days.location_id = transaction_items.location_id
    and uncounted_days.business_date = transaction_items.business_date
  join product_kinds on product_kinds.product_id = transaction_items.product_id
  group by transaction_items.transaction_id
) as receipts;

-- Grain: a basket. Its receipts are alike, so that one of them stands for all.
create temp table basket_examples as
select basket, min(transaction_id) as transaction_id
from receipt_baskets
group by basket;

-- Grain: a basket and a kind in it. kinds: how many the basket has.
create temp table basket_kinds as
select basket, kind_id, count(*) over (partition by basket) as kinds
from (
  select distinct basket_examples.basket, product_kinds.kind_id
  from basket_examples
  join transaction_items on transaction_items.transaction_id = basket_examples.transaction_id
  join uncounted_days
    on uncounted_days.location_id = transaction_items.location_id
    and uncounted_days.business_date = transaction_items.business_date
  join product_kinds on product_kinds.product_id = transaction_items.product_id
) as contents;

create temp table basket_pairs as
select one.basket, one.kind_id, other.kind_id as other_kind_id
from basket_kinds as one
join basket_kinds as other on other.basket = one.basket and other.kind_id > one.kind_id;

insert into daily_baskets (location_id, business_date, receipts, baskets)
select
  uncounted_days.location_id,
  uncounted_days.business_date,
  cast(count(*) as integer),
  cast(sum(case when sizes.kinds > 1 then 1 else 0 end) as integer)
from receipt_baskets
join (select basket, max(kinds) as kinds from basket_kinds group by basket) as sizes on sizes.basket = receipt_baskets.basket
join uncounted_days on uncounted_days.day_number = receipt_baskets.day_number
group by uncounted_days.location_id, uncounted_days.business_date;

-- Grain: a café, week and kind, with what the uncounted days add to it.
create temp table counted_kinds as
select
  uncounted_days.location_id,
  uncounted_days.week_start,
  basket_kinds.kind_id,
  count(*) as receipts,
  sum(case when basket_kinds.kinds > 1 then 1 else 0 end) as baskets
from receipt_baskets
join uncounted_days on uncounted_days.day_number = receipt_baskets.day_number
join basket_kinds on basket_kinds.basket = receipt_baskets.basket
group by uncounted_days.location_id, uncounted_days.week_start, basket_kinds.kind_id;

create temp table counted_pairs as
select
  uncounted_days.location_id,
  uncounted_days.week_start,
  basket_pairs.kind_id,
  basket_pairs.other_kind_id,
  count(*) as receipts
from receipt_baskets
join uncounted_days on uncounted_days.day_number = receipt_baskets.day_number
join basket_pairs on basket_pairs.basket = receipt_baskets.basket
group by uncounted_days.location_id, uncounted_days.week_start, basket_pairs.kind_id, basket_pairs.other_kind_id;

-- Grain: a café and week that days are added to.
create temp table counted_weeks as
select distinct location_id, week_start from uncounted_days;

create temp table refreshed_kinds as
select parts.location_id, parts.week_start, parts.kind_id, sum(parts.receipts) as receipts, sum(parts.baskets) as baskets
from (
  select location_id, week_start, kind_id, receipts, baskets from counted_kinds
  union all
  select
    weekly_kinds.location_id,
    weekly_kinds.week_start,
    weekly_kinds.kind_id,
    weekly_kinds.receipts,
    weekly_kinds.baskets
  from weekly_kinds
  join counted_weeks
    on counted_weeks.location_id = weekly_kinds.location_id and counted_weeks.week_start = weekly_kinds.week_start
) as parts
group by parts.location_id, parts.week_start, parts.kind_id;

create temp table refreshed_kind_pairs as
select parts.location_id, parts.week_start, parts.kind_id, parts.other_kind_id, sum(parts.receipts) as receipts
from (
  select location_id, week_start, kind_id, other_kind_id, receipts from counted_pairs
  union all
  select
    weekly_pairs.location_id,
    weekly_pairs.week_start,
    weekly_pairs.kind_id,
    weekly_pairs.other_kind_id,
    weekly_pairs.receipts
  from weekly_pairs
  join counted_weeks
    on counted_weeks.location_id = weekly_pairs.location_id and counted_weeks.week_start = weekly_pairs.week_start
) as parts
group by parts.location_id, parts.week_start, parts.kind_id, parts.other_kind_id;

delete from weekly_kinds using counted_weeks
where counted_weeks.location_id = weekly_kinds.location_id and counted_weeks.week_start = weekly_kinds.week_start;

delete from weekly_pairs using counted_weeks
where counted_weeks.location_id = weekly_pairs.location_id and counted_weeks.week_start = weekly_pairs.week_start;

insert into weekly_kinds (location_id, week_start, kind_id, receipts, baskets)
select location_id, week_start, kind_id, cast(receipts as integer), cast(baskets as integer)
from refreshed_kinds;

insert into weekly_pairs (location_id, week_start, kind_id, other_kind_id, receipts)
select location_id, week_start, kind_id, other_kind_id, cast(receipts as integer)
from refreshed_kind_pairs;
