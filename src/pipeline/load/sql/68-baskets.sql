-- What is bought together, by café and week. Each day is counted once, when it is not in daily_baskets, and added to its week: a
-- new day then costs as much as its own receipts. Joining lines with lines for every receipt would cost more than twice as much, so
-- receipts with the same kinds of product are one basket, whose pairs are worked out once.

-- Grain: a café and day that is not counted yet. Numbers stand for the day and for the café and week: what is grouped by the receipt is
-- then grouped by one number.
create temp table uncounted_days as
select
  daily_sales.location_id,
  daily_sales.business_date,
  calendar.week_start,
  cast(row_number() over (order by daily_sales.location_id, daily_sales.business_date) as integer) as day_number,
  cast(dense_rank() over (order by daily_sales.location_id, calendar.week_start) as integer) as week_number
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

-- Grain: a café and week that days are added to.
create temp table counted_weeks as
select distinct location_id, week_start, week_number from uncounted_days;

-- Grain: an uncounted day, with its own receipts and baskets; or a week and two kinds, with all that its days come to, those that were
-- counted before as well. A kind by itself is there as a pair of the same kind twice: so kinds and pairs are counted in one go.
create temp table basket_sums as
with receipt_bits as (
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
),
-- Receipts with the same kinds have the same basket; one with a kind that has no bit of its own has a basket to itself, its id below zero.
receipt_baskets as (
  select day_number, case when bits >= 4611686018427387904 then -transaction_id else bits end as basket
  from receipt_bits
),
different_baskets as (
  select distinct basket from receipt_baskets
),
-- A basket and a kind in it: what its bits say, and what its lines say where bits do not.
basket_kinds as (
  select different_baskets.basket, kind_bits.kind_id
  from different_baskets
  join (select distinct kind_id, bit from product_kinds where bit < 4611686018427387904) as kind_bits
    on (different_baskets.basket & kind_bits.bit) <> 0
  where different_baskets.basket > 0
  union all
  select distinct different_baskets.basket, product_kinds.kind_id
  from different_baskets
  join transaction_items on transaction_items.transaction_id = -different_baskets.basket
  join product_kinds on product_kinds.product_id = transaction_items.product_id
  where different_baskets.basket < 0
),
-- Of one kind only: of a basket of its own the kinds say so. Of others the bits do: none is left without the lowest.
lone_baskets as (
  select basket
  from basket_kinds
  where basket < 0
  group by basket
  having count(*) = 1
),
judged_receipts as (
  select
    receipt_baskets.day_number,
    receipt_baskets.basket,
    case when (receipt_baskets.basket & (receipt_baskets.basket - 1)) <> 0 and lone_baskets.basket is null then 1 else 0 end as is_basket
  from receipt_baskets
  left join lone_baskets on lone_baskets.basket = receipt_baskets.basket
),
basket_pairs as (
  select one.basket, one.kind_id, other.kind_id as other_kind_id
  from basket_kinds as one
  join basket_kinds as other on other.basket = one.basket and other.kind_id >= one.kind_id
),
week_parts as (
  select
    uncounted_days.week_number,
    basket_pairs.kind_id,
    basket_pairs.other_kind_id,
    count(*) as receipts,
    sum(judged_receipts.is_basket) as baskets
  from judged_receipts
  join uncounted_days on uncounted_days.day_number = judged_receipts.day_number
  join basket_pairs on basket_pairs.basket = judged_receipts.basket
  group by uncounted_days.week_number, basket_pairs.kind_id, basket_pairs.other_kind_id
  union all
  select counted_weeks.week_number, weekly_kinds.kind_id, weekly_kinds.kind_id, weekly_kinds.receipts, weekly_kinds.baskets
  from weekly_kinds
  join counted_weeks
    on counted_weeks.location_id = weekly_kinds.location_id and counted_weeks.week_start = weekly_kinds.week_start
  union all
  select counted_weeks.week_number, weekly_pairs.kind_id, weekly_pairs.other_kind_id, weekly_pairs.receipts, weekly_pairs.receipts
  from weekly_pairs
  join counted_weeks
    on counted_weeks.location_id = weekly_pairs.location_id and counted_weeks.week_start = weekly_pairs.week_start
)
select
  day_number,
  cast(null as integer) as week_number,
  cast(null as integer) as kind_id,
  cast(null as integer) as other_kind_id,
  cast(count(*) as integer) as receipts,
  cast(sum(is_basket) as integer) as baskets
from judged_receipts
group by day_number
union all
select null, week_number, kind_id, other_kind_id, cast(sum(receipts) as integer), cast(sum(baskets) as integer)
from week_parts
group by week_number, kind_id, other_kind_id;

delete from weekly_kinds using counted_weeks
where counted_weeks.location_id = weekly_kinds.location_id and counted_weeks.week_start = weekly_kinds.week_start;

delete from weekly_pairs using counted_weeks
where counted_weeks.location_id = weekly_pairs.location_id and counted_weeks.week_start = weekly_pairs.week_start;

insert into daily_baskets (location_id, business_date, receipts, baskets)
select uncounted_days.location_id, uncounted_days.business_date, basket_sums.receipts, basket_sums.baskets
from basket_sums
join uncounted_days on uncounted_days.day_number = basket_sums.day_number;

insert into weekly_kinds (location_id, week_start, kind_id, receipts, baskets)
select counted_weeks.location_id, counted_weeks.week_start, basket_sums.kind_id, basket_sums.receipts, basket_sums.baskets
from basket_sums
join counted_weeks on counted_weeks.week_number = basket_sums.week_number
where basket_sums.other_kind_id = basket_sums.kind_id;

insert into weekly_pairs (location_id, week_start, kind_id, other_kind_id, receipts)
select
  counted_weeks.location_id,
  counted_weeks.week_start,
  basket_sums.kind_id,
  basket_sums.other_kind_id,
  basket_sums.receipts
from basket_sums
join counted_weeks on counted_weeks.week_number = basket_sums.week_number
where basket_sums.other_kind_id <> basket_sums.kind_id;
