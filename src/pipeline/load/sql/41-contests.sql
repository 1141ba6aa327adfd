-- Which files of the days in contested_days count. The answer depends only on the current version of every file and the order in
-- which those were discovered, never on the order in which they were loaded. While it is empty, these statements do nothing.

-- Grain: a delivery in a contest. Empty files are never part of one. place: its file's in the order of discovery.
create temp table contestants as
select
  deliveries.file_id,
  deliveries.location_id,
  deliveries.business_date,
  deliveries.receipts,
  deliveries.counted,
  files.content_hash,
  dense_rank() over (order by files.version, files.key) as place
from deliveries
join contested_days
  on contested_days.location_id = deliveries.location_id and contested_days.business_date = deliveries.business_date
join files on files.file_id = deliveries.file_id
where files.is_current and deliveries.receipts > 0;

-- Grain: a distinct receipt of a contestant (time, basket, total, payment), with how often it is there. The basket is
-- compared by a number made of its lines in order, which two different baskets share next to never.
create temp table contested_receipts as
with contested_transactions as (
  select transactions.transaction_id, transactions.file_id, transactions.location_id, transactions.business_date,
    transactions.occurred_at, transactions.total_pence, transactions.payment_method
  from transactions
  join contestants on contestants.file_id = transactions.file_id
    and contestants.location_id = transactions.location_id and contestants.business_date = transactions.business_date
  union all
  select held_transactions.transaction_id, held_transactions.file_id, held_transactions.location_id,
    held_transactions.business_date, held_transactions.occurred_at, held_transactions.total_pence,
    held_transactions.payment_method
  from held_transactions
  join contestants on contestants.file_id = held_transactions.file_id
    and contestants.location_id = held_transactions.location_id
    and contestants.business_date = held_transactions.business_date
),
contested_lines as (
  select transaction_id, line_number, product_id, price_pence
  from transaction_items
  where file_id in (select file_id from contestants)
  union all
  select transaction_id, line_number, product_id, price_pence
  from held_transaction_items
  where file_id in (select file_id from contestants)
),
baskets as (
  select
    transaction_id,
    sum((cast(product_id as bigint) * 1000003 + coalesce(price_pence, -1)) * (line_number * 31 + 7)) as basket
  from contested_lines
  group by transaction_id
)
select
  file_id,
  location_id,
  business_date,
  occurred_at,
  total_pence,
  payment_method,
  coalesce(basket, 0) as basket,
  count(*) as copies
from contested_transactions
left join baskets on baskets.transaction_id = contested_transactions.transaction_id
group by file_id, location_id, business_date, occurred_at, total_pence, payment_method, coalesce(basket, 0);

-- Grain: two deliveries of a day, the older discovered before the newer. share: of the smaller one's receipts, how many
-- the other has too, as multisets.
create temp table delivery_pairs as
with coinciding as (
  select
    one.location_id,
    one.business_date,
    one.file_id as one_id,
    other.file_id as other_id,
    sum(least(one.copies, other.copies)) as receipts
  from contested_receipts as one
  join contested_receipts as other
    on other.location_id = one.location_id
    and other.business_date = one.business_date
    and other.occurred_at = one.occurred_at
    and other.total_pence = one.total_pence
    and other.payment_method = one.payment_method
    and other.basket = one.basket
    and other.file_id <> one.file_id
  group by one.location_id, one.business_date, one.file_id, other.file_id
)
select
  older.location_id,
  older.business_date,
  older.file_id as older_id,
  older.place as older_place,
  newer.file_id as newer_id,
  newer.place as newer_place,
  older.content_hash = newer.content_hash as same_bytes,
  cast(coalesce(coinciding.receipts, 0) as double precision) / least(older.receipts, newer.receipts) as share
from contestants as older
join contestants as newer
  on newer.location_id = older.location_id
  and newer.business_date = older.business_date
  and older.place < newer.place
left join coinciding
  on coinciding.location_id = older.location_id
  and coinciding.business_date = older.business_date
  and coinciding.one_id = older.file_id
  and coinciding.other_id = newer.file_id;

-- Grain: a file that is the same, byte for byte, as others discovered before it, of which the first is the original.
create temp table duplicate_files as
select newer_id as file_id, min(older_place) as original_place
from delivery_pairs
where same_bytes
group by newer_id;

-- Grain: a file in a contest.
create temp table contest_places as
select distinct place, file_id from contestants;

-- Grain: a contestant. A duplicate does not count; nor does a delivery of which a later one, no duplicate itself, holds at
-- least half; the first such takes its place. (One coinciding receipt is too little: separate tills coincide by chance on some days.)
create temp table verdicts as
with overtaken as (
  select older_id as file_id, location_id, business_date, min(newer_place) as newer_place
  from delivery_pairs
  where share >= 0.5
    and not same_bytes
    and not exists (select 1 from duplicate_files where duplicate_files.file_id = delivery_pairs.newer_id)
  group by older_id, location_id, business_date
)
select
  contestants.file_id,
  contestants.location_id,
  contestants.business_date,
  contestants.counted as counted_before,
  duplicate_files.file_id is null and overtaken.file_id is null as counts,
  contest_places.file_id as superseded_by
from contestants
left join duplicate_files on duplicate_files.file_id = contestants.file_id
left join overtaken
  on overtaken.file_id = contestants.file_id
  and overtaken.location_id = contestants.location_id
  and overtaken.business_date = contestants.business_date
left join contest_places
  on contest_places.place = coalesce(duplicate_files.original_place, overtaken.newer_place);

insert into disturbed_pairs (location_id, customer_id)
select distinct moved.location_id, moved.customer_id
from (
  select transactions.location_id, transactions.customer_id
  from transactions
  join verdicts on verdicts.file_id = transactions.file_id
    and verdicts.location_id = transactions.location_id and verdicts.business_date = transactions.business_date
  where verdicts.counted_before and not verdicts.counts
  union all
  select held_transactions.location_id, held_transactions.customer_id
  from held_transactions
  join verdicts on verdicts.file_id = held_transactions.file_id
    and verdicts.location_id = held_transactions.location_id
    and verdicts.business_date = held_transactions.business_date
  where verdicts.counts and not verdicts.counted_before
) as moved
where moved.customer_id is not null
  and not exists (
    select 1
    from disturbed_pairs as known
    where known.location_id = moved.location_id and known.customer_id = moved.customer_id
  );

-- Out of the count.
insert into held_transactions
select transactions.*
from transactions
join verdicts on verdicts.file_id = transactions.file_id
  and verdicts.location_id = transactions.location_id and verdicts.business_date = transactions.business_date
where verdicts.counted_before and not verdicts.counts;

insert into held_transaction_items
select transaction_items.*
from transaction_items
join verdicts on verdicts.file_id = transaction_items.file_id
  and verdicts.location_id = transaction_items.location_id
  and verdicts.business_date = transaction_items.business_date
where verdicts.counted_before and not verdicts.counts;

delete from transactions using verdicts
where verdicts.file_id = transactions.file_id
  and verdicts.location_id = transactions.location_id
  and verdicts.business_date = transactions.business_date
  and verdicts.counted_before and not verdicts.counts;

delete from transaction_items using verdicts
where verdicts.file_id = transaction_items.file_id
  and verdicts.location_id = transaction_items.location_id
  and verdicts.business_date = transaction_items.business_date
  and verdicts.counted_before and not verdicts.counts;

-- Back into it.
insert into transactions
select held_transactions.*
from held_transactions
join verdicts on verdicts.file_id = held_transactions.file_id
  and verdicts.location_id = held_transactions.location_id
  and verdicts.business_date = held_transactions.business_date
where verdicts.counts and not verdicts.counted_before;

insert into transaction_items
select held_transaction_items.*
from held_transaction_items
join verdicts on verdicts.file_id = held_transaction_items.file_id
  and verdicts.location_id = held_transaction_items.location_id
  and verdicts.business_date = held_transaction_items.business_date
where verdicts.counts and not verdicts.counted_before;

delete from held_transactions using verdicts
where verdicts.file_id = held_transactions.file_id
  and verdicts.location_id = held_transactions.location_id
  and verdicts.business_date = held_transactions.business_date
  and verdicts.counts and not verdicts.counted_before;

delete from held_transaction_items using verdicts
where verdicts.file_id = held_transaction_items.file_id
  and verdicts.location_id = held_transaction_items.location_id
  and verdicts.business_date = held_transaction_items.business_date
  and verdicts.counts and not verdicts.counted_before;

-- Grain: a delivery that counts beside another one that counts, though some receipts coincide.
create temp table coinciding_deliveries as
select file_id, location_id, business_date, max(share) as share
from (
  select older_id as file_id, newer_id as other_id, location_id, business_date, share from delivery_pairs
  union all
  select newer_id as file_id, older_id as other_id, location_id, business_date, share from delivery_pairs
) as either_way
where share > 0
  and exists (
    select 1
    from verdicts
    where verdicts.file_id = either_way.other_id
      and verdicts.location_id = either_way.location_id
      and verdicts.business_date = either_way.business_date
      and verdicts.counts
  )
group by file_id, location_id, business_date;

update deliveries
set counted = verdicts.counts, superseded_by = verdicts.superseded_by, overlap_share = null
from verdicts
where deliveries.file_id = verdicts.file_id
  and deliveries.location_id = verdicts.location_id
  and deliveries.business_date = verdicts.business_date;

update deliveries
set overlap_share = coinciding_deliveries.share
from coinciding_deliveries
where deliveries.file_id = coinciding_deliveries.file_id
  and deliveries.location_id = coinciding_deliveries.location_id
  and deliveries.business_date = coinciding_deliveries.business_date
  and deliveries.counted;

-- A file counts while any of its deliveries does. Where several files took its place, the first discovered is named.
create temp table file_verdicts as
with ranked as (
  select
    deliveries.file_id,
    deliveries.counted,
    deliveries.superseded_by,
    case when duplicate_files.file_id is null then 0 else 1 end as is_duplicate,
    row_number() over (partition by deliveries.file_id order by others.version nulls last, others.key) as place
  from deliveries
  left join files as others on others.file_id = deliveries.superseded_by
  left join duplicate_files on duplicate_files.file_id = deliveries.file_id
  where deliveries.file_id in (select file_id from contestants)
)
select
  file_id,
  sum(case when counted then 1 else 0 end) as counting,
  max(is_duplicate) as is_duplicate,
  max(case when place = 1 then superseded_by end) as superseded_by
from ranked
group by file_id;

update files
set
  status = case
    when file_verdicts.counting > 0 then 'loaded'
    when file_verdicts.is_duplicate = 1 then 'duplicate'
    else 'superseded'
  end,
  superseded_by = case when file_verdicts.counting > 0 then null else file_verdicts.superseded_by end
from file_verdicts
where files.file_id = file_verdicts.file_id;
