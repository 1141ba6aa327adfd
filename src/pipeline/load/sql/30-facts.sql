-- The accepted files' receipts, lines, refusals, and their entries in the ledger.

-- Numbers of the batch become keys of the warehouse by way of the batch's own small tables: of those DuckDB knows from Parquet how far
-- they reach, and then looks a number up by its place, in a third of the time that a hash takes. (It knows nothing of a table made
-- in the same transaction; and grouped, they stay together.)

insert into transactions (
  transaction_id, location_id, occurred_at, business_date, hour, total_pence, payment_method, customer_id, is_identified,
  item_count, reconciled, file_id, row_number
)
with file_keys as (
  select incoming_files.file_no, min(accepted_files.file_id) as file_id, min(accepted_files.transaction_base) as transaction_base
  from incoming_files
  join accepted_files on accepted_files.file_no = incoming_files.file_no
  group by incoming_files.file_no
),
cafe_keys as (
  select incoming_cafes.cafe_no, min(location_keys.location_id) as location_id
  from incoming_cafes
  join location_keys on location_keys.cafe_no = incoming_cafes.cafe_no
  group by incoming_cafes.cafe_no
),
-- A receipt without a customer has number 0. Whoever asked to be forgotten has a number and no key.
known_customers as (
  select
    incoming_customers.customer_no,
    customer_keys.customer_id,
    customer_keys.customer_id is not null and incoming_customers.identity_basis = 'card' as is_identified
  from incoming_customers
  left join customer_keys on customer_keys.customer_no = incoming_customers.customer_no
  union all
  select 0, cast(null as integer), false
)
select
  transaction_base + receipt_no,
  location_id,
  occurred_at,
  business_date,
  hour,
  total_pence,
  payment_method,
  customer_id,
  is_identified,
  item_count,
  reconciled,
  file_id,
  row_number
from incoming_transactions
join file_keys on file_keys.file_no = incoming_transactions.file_no
join cafe_keys on cafe_keys.cafe_no = incoming_transactions.cafe_no
join known_customers on known_customers.customer_no = coalesce(incoming_transactions.customer_no, 0);

insert into transaction_items (
  transaction_id, line_number, product_id, price_pence, location_id, business_date, file_id
)
with file_keys as (
  select incoming_files.file_no, min(accepted_files.file_id) as file_id, min(accepted_files.transaction_base) as transaction_base
  from incoming_files
  join accepted_files on accepted_files.file_no = incoming_files.file_no
  group by incoming_files.file_no
),
cafe_keys as (
  select incoming_cafes.cafe_no, min(location_keys.location_id) as location_id
  from incoming_cafes
  join location_keys on location_keys.cafe_no = incoming_cafes.cafe_no
  group by incoming_cafes.cafe_no
),
sellable_keys as (
  select incoming_products.product_no, min(product_keys.product_id) as product_id
  from incoming_products
  join product_keys on product_keys.product_no = incoming_products.product_no
  group by incoming_products.product_no
)
select
  transaction_base + receipt_no,
  line_number,
  product_id,
  price_pence,
  location_id,
  business_date,
  file_id
from incoming_items
join file_keys on file_keys.file_no = incoming_items.file_no
join cafe_keys on cafe_keys.cafe_no = incoming_items.cafe_no
join sellable_keys on sellable_keys.product_no = incoming_items.product_no;

insert into deliveries (file_id, location_id, business_date, receipts, total_pence, counted)
select file_id, location_id, business_date, cast(sum(receipts) as integer), cast(sum(total_pence) as bigint), true
from incoming_deliveries
join accepted_files on accepted_files.file_no = incoming_deliveries.file_no
join location_keys on location_keys.cafe_no = incoming_deliveries.cafe_no
group by file_id, location_id, business_date;

insert into quarantine (file_id, row_number, reason, location_name, business_date, total_pence, detail)
select file_id, row_number, reason, location_name, business_date, total_pence, detail
from incoming_quarantine
join accepted_files on accepted_files.file_no = incoming_quarantine.file_no;

insert into files (
  file_id, source_id, key, version, seen_version, size_bytes, modified_ms, content_hash, format, transform_version, status, reason,
  detail, key_cafe, key_date, is_current, rows_read, rows_loaded, rows_quarantined, items, total_pence, unreconciled,
  last_transaction_id, loaded_at, run_id
)
select
  accepted_files.file_id,
  (select source_id from batch_source),
  incoming_files.key,
  accepted_files.version,
  incoming_files.version,
  incoming_files.size_bytes,
  incoming_files.modified_ms,
  incoming_files.content_hash,
  incoming_files.format,
  $transform_version,
  case when incoming_files.reason is null then 'loaded' else 'quarantined' end,
  incoming_files.reason,
  incoming_files.detail,
  incoming_files.key_cafe,
  incoming_files.key_date,
  incoming_files.reason is null,
  incoming_files.rows_read,
  incoming_files.rows_loaded,
  incoming_files.rows_quarantined,
  incoming_files.items,
  incoming_files.total_pence,
  incoming_files.unreconciled,
  accepted_files.transaction_base + incoming_files.last_receipt_no,
  $loaded_at,
  $run_id
from incoming_files
join accepted_files on accepted_files.file_no = incoming_files.file_no;

-- An empty file delivers an empty day, where its key says which café and day: empty is not missing. Its café may be heard
-- of only later, so every current empty file is looked at again.
insert into deliveries (file_id, location_id, business_date, receipts, total_pence, counted)
select distinct files.file_id, location_names.location_id, files.key_date, 0, cast(0 as bigint), true
from files
join location_names on lower(location_names.name) = lower(files.key_cafe)
where files.is_current
  and files.rows_read = 0
  and files.key_date is not null
  and not exists (
    select 1
    from deliveries
    where deliveries.file_id = files.file_id and deliveries.location_id = location_names.location_id
  );

insert into touched_days (location_id, business_date)
select distinct deliveries.location_id, deliveries.business_date
from deliveries
join accepted_files on accepted_files.file_id = deliveries.file_id
where not exists (
  select 1
  from touched_days as known
  where known.location_id = deliveries.location_id and known.business_date = deliveries.business_date
);
