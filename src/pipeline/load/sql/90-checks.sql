-- The load is right, or it does not happen: a failed check is a null where none may be.

create temp table load_checks (name varchar(60) not null, passed boolean not null);

insert into load_checks (name, passed)
with stored_receipts as (
  select file_id, count(*) as receipts, sum(total_pence) as total_pence, sum(item_count) as items
  from (
    select file_id, total_pence, item_count from transactions
    union all
    select file_id, total_pence, item_count from held_transactions
  ) as receipts
  where file_id in (select file_id from accepted_files)
  group by file_id
),
stored_lines as (
  select file_id, count(*) as items
  from (
    select file_id from transaction_items
    union all
    select file_id from held_transaction_items
  ) as lines
  where file_id in (select file_id from accepted_files)
  group by file_id
),
figures as (
  select touched_days.location_id, touched_days.business_date, sum(receipts) as receipts, sum(total_pence) as total_pence
  from touched_days
  left join daily_sales
    on daily_sales.location_id = touched_days.location_id and daily_sales.business_date = touched_days.business_date
  group by touched_days.location_id, touched_days.business_date
),
delivered as (
  select deliveries.location_id, deliveries.business_date, sum(deliveries.receipts) as receipts,
    sum(deliveries.total_pence) as total_pence
  from deliveries
  join touched_days
    on touched_days.location_id = deliveries.location_id and touched_days.business_date = deliveries.business_date
  where deliveries.counted
  group by deliveries.location_id, deliveries.business_date
)
select 'every receipt and penny of every accepted file is here', case when count(*) = 0 then true end
from files
join accepted_files on accepted_files.file_id = files.file_id
left join stored_receipts on stored_receipts.file_id = files.file_id
where coalesce(stored_receipts.receipts, 0) <> files.rows_loaded
  or coalesce(stored_receipts.total_pence, 0) <> files.total_pence
  or coalesce(stored_receipts.items, 0) <> files.items
union all
select 'every line of every accepted file is here', case when count(*) = 0 then true end
from files
join accepted_files on accepted_files.file_id = files.file_id
left join stored_lines on stored_lines.file_id = files.file_id
where coalesce(stored_lines.items, 0) <> files.items
union all
select 'the daily figures are those of the receipts', case when count(*) = 0 then true end
from figures
left join delivered on delivered.location_id = figures.location_id and delivered.business_date = figures.business_date
where coalesce(figures.receipts, 0) <> coalesce(delivered.receipts, 0)
  or coalesce(figures.total_pence, 0) <> coalesce(delivered.total_pence, 0)
union all
select 'the customers are numbered with the keys of this warehouse', case when count(*) = 0 then true end
from incoming_customers
where key_fingerprint not in (
  select fingerprint
  from key_generations
  where generation = (select max(generation) from key_generations)
);
