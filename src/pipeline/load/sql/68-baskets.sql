-- What is bought together, by café and week. Each day is counted once, when it is not in daily_baskets, and added to its week: a
-- new day then costs as much as its own receipts. Joining lines with lines for every receipt would cost more than twice as much, so
-- receipts with the same kinds of product are one basket, whose pairs are worked out once.

-- Grain: a café and day that is not counted yet: of those that this load touched or counts again. Numbers stand for the day and for the café and week: what is grouped by the receipt is
-- then grouped by one number.
create temp table uncounted_days as
with candidates as (
  select location_id, business_date from touched_days
  union
  select location_id, business_date from recounted_days
)
select
  daily_sales.location_id,
  daily_sales.business_date,
  calendar.week_start,
  cast(row_number() over (order by daily_sales.location_id, daily_sales.business_date) as integer) as day_number,
  cast(dense_rank() over (order by daily_sales.location_id, calendar.week_start) as integer) as week_number
from candidates
join daily_sales
  on daily_sales.location_id = candidates.location_id
  and daily_sales.business_date = candidates.business_date
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
-- to itself, its id below zero.
create temp table receipt_baskets as
select
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

-- Grain: a basket and a kind in it: what its bits say, and what its lines say where bits do not.
create temp table basket_kinds as
select baskets.basket, kind_bits.kind_id
from (select distinct basket from receipt_baskets where basket > 0) as baskets
join (select distinct kind_id, bit from product_kinds where bit < 4611686018427387904) as kind_bits
  on (baskets.basket & kind_bits.bit) <> 0
union all
select distinct receipt_baskets.basket, product_kinds.kind_id
from receipt_baskets
join transaction_items on transaction_items.transaction_id = -receipt_baskets.basket
join product_kinds on product_kinds.product_id = transaction_items.product_id
where receipt_baskets.basket < 0;

-- Grain: a basket of a receipt's own with one kind only. Of others the bits say so: without the lowest, none is left.
create temp table lone_baskets as
select basket
from basket_kinds
where basket < 0
group by basket
having count(*) = 1;

insert into daily_baskets (location_id, business_date, receipts, baskets)
select
  uncounted_days.location_id,
  uncounted_days.business_date,
  cast(sums.receipts as integer),
  cast(sums.baskets as integer)
from (
  select
    receipt_baskets.day_number,
    count(*) as receipts,
    sum(
      case when (receipt_baskets.basket & (receipt_baskets.basket - 1)) <> 0 and lone_baskets.basket is null then 1 else 0 end
    ) as baskets
  from receipt_baskets
  left join lone_baskets on lone_baskets.basket = receipt_baskets.basket
  group by receipt_baskets.day_number
) as sums
join uncounted_days on uncounted_days.day_number = sums.day_number;

create temp table basket_pairs as
select one.basket, one.kind_id, other.kind_id as other_kind_id
from basket_kinds as one
join basket_kinds as other on other.basket = one.basket and other.kind_id > one.kind_id;

-- Grain: a café and week that days are added to, and what it has so far.
create temp table counted_weeks as
select distinct location_id, week_start, week_number from uncounted_days;

create temp table earlier_kinds as
select counted_weeks.week_number, weekly_kinds.kind_id, weekly_kinds.receipts, weekly_kinds.baskets
from weekly_kinds
join counted_weeks
  on counted_weeks.location_id = weekly_kinds.location_id and counted_weeks.week_start = weekly_kinds.week_start;

create temp table earlier_pairs as
select counted_weeks.week_number, weekly_pairs.kind_id, weekly_pairs.other_kind_id, weekly_pairs.receipts
from weekly_pairs
join counted_weeks
  on counted_weeks.location_id = weekly_pairs.location_id and counted_weeks.week_start = weekly_pairs.week_start;

delete from weekly_kinds using counted_weeks
where counted_weeks.location_id = weekly_kinds.location_id and counted_weeks.week_start = weekly_kinds.week_start;

delete from weekly_pairs using counted_weeks
where counted_weeks.location_id = weekly_pairs.location_id and counted_weeks.week_start = weekly_pairs.week_start;

insert into weekly_kinds (location_id, week_start, kind_id, receipts, baskets)
with parts as (
  select
    uncounted_days.week_number,
    basket_kinds.kind_id,
    count(*) as receipts,
    sum(
      case when (receipt_baskets.basket & (receipt_baskets.basket - 1)) <> 0 and lone_baskets.basket is null then 1 else 0 end
    ) as baskets
  from receipt_baskets
  left join lone_baskets on lone_baskets.basket = receipt_baskets.basket
  join uncounted_days on uncounted_days.day_number = receipt_baskets.day_number
  join basket_kinds on basket_kinds.basket = receipt_baskets.basket
  group by uncounted_days.week_number, basket_kinds.kind_id
  union all
  select week_number, kind_id, receipts, baskets from earlier_kinds
),
sums as (
  select week_number, kind_id, sum(receipts) as receipts, sum(baskets) as baskets
  from parts
  group by week_number, kind_id
)
select
  counted_weeks.location_id,
  counted_weeks.week_start,
  sums.kind_id,
  cast(sums.receipts as integer),
  cast(sums.baskets as integer)
from sums
join counted_weeks on counted_weeks.week_number = sums.week_number;

insert into weekly_pairs (location_id, week_start, kind_id, other_kind_id, receipts)
with parts as (
  select uncounted_days.week_number, basket_pairs.kind_id, basket_pairs.other_kind_id, count(*) as receipts
  from receipt_baskets
  join uncounted_days on uncounted_days.day_number = receipt_baskets.day_number
  join basket_pairs on basket_pairs.basket = receipt_baskets.basket
  group by uncounted_days.week_number, basket_pairs.kind_id, basket_pairs.other_kind_id
  union all
  select week_number, kind_id, other_kind_id, receipts from earlier_pairs
),
sums as (
  select week_number, kind_id, other_kind_id, sum(receipts) as receipts
  from parts
  group by week_number, kind_id, other_kind_id
)
select
  counted_weeks.location_id,
  counted_weeks.week_start,
  sums.kind_id,
  sums.other_kind_id,
  cast(sums.receipts as integer)
from sums
join counted_weeks on counted_weeks.week_number = sums.week_number;
