-- What leaves the process, each as one Parquet file of the same name. No names of customers, no cards, no row text.
-- Receipts and lines are already written, and counted from there.

-- Grain: a customer of the batch.
create view out_customers as
select customer_no, customer_hash, identity_basis, key_fingerprint
from customers
cross join batch_keys;

-- Grain: a product of the batch.
create view out_products as
select product_no, name, flavour, size, coalesce(category, 'Other') as category
from products
left join menu_categories using (name);

-- Grain: a café of the batch.
create view out_cafes as
select cafe_no, name, region, country, latitude, longitude, placed
from cafes
join cafe_placements using (name);

-- Grain: a café and day of a file, with all that is counted of its receipts.
create table counted_deliveries as
select
  file_no,
  cafe_no,
  business_date,
  count(*) as receipts,
  sum(total_pence) as total_pence,
  sum(item_count) as items,
  sum(case when reconciled then 0 else 1 end) as unreconciled,
  max(receipt_no) as last_receipt_no
from read_parquet({{transactions}})
group by file_no, cafe_no, business_date;

-- Grain: a café and day of a file.
create view out_deliveries as
select
  file_no,
  cafe_no,
  business_date,
  cast(receipts as integer) as receipts,
  cast(total_pence as bigint) as total_pence
from counted_deliveries;

-- Grain: a refused row, or a refused file (row_number is null). A café's name is kept only where good rows of the same file
-- have it too: in a refused row, any column may hold anything, and what a file becomes is its own affair, whatever else is
-- in its batch.
create table out_quarantine as
with known_cafes as (
  select distinct file_no, cafe_name as name
  from scanned
  where reason is null and file_no in (select file_no from scanned where reason is not null)
)
select
  scanned.file_no,
  cast(scan_order - first_order + 1 + header_rows as integer) as row_number,
  scanned.reason,
  known_cafes.name as location_name,
  case
    when scanned.reason not in ('row_time_unreadable', 'row_time_impossible')
      then cast(occurred_at - to_minutes((select day_starts_minutes from batch_settings)) as date)
  end as business_date,
  case
    when scanned.reason not in ('row_total_unreadable', 'row_total_not_pence', 'row_total_too_large')
      then cast(total_pence as bigint)
  end as total_pence,
  cast(null as varchar) as detail
from scanned
join batch_files using (file_no)
join file_starts using (file_no)
left join known_cafes on known_cafes.file_no = scanned.file_no and known_cafes.name = scanned.cafe_name
where scanned.reason is not null
union all
select file_no, row_number, reason, null, null, null, null
from unsplit_rows
union all
select file_no, null, reason, null, key_date, null, detail
from batch_files
where reason is not null;

-- Grain: a file of the batch. last_receipt_no is 0 for a file without receipts.
create view out_files as
with loaded as (
  select
    file_no,
    sum(receipts) as receipts,
    sum(total_pence) as total_pence,
    sum(items) as items,
    sum(unreconciled) as unreconciled,
    max(last_receipt_no) as last_receipt_no
  from counted_deliveries
  group by file_no
),
refused as (
  select file_no, count(*) as refused_rows
  from out_quarantine
  where row_number is not null
  group by file_no
)
select
  file_no,
  key,
  version,
  size_bytes,
  modified_ms,
  content_hash,
  format,
  reason,
  detail,
  -- As long as a café's name may be.
  case when length(key_cafe) <= 200 then key_cafe end as key_cafe,
  key_date,
  cast(coalesce(receipts, 0) + coalesce(refused_rows, 0) as integer) as rows_read,
  cast(coalesce(receipts, 0) as integer) as rows_loaded,
  cast(coalesce(refused_rows, 0) as integer) as rows_quarantined,
  cast(coalesce(items, 0) as integer) as items,
  cast(coalesce(loaded.total_pence, 0) as bigint) as total_pence,
  cast(coalesce(unreconciled, 0) as integer) as unreconciled,
  cast(coalesce(last_receipt_no, 0) as integer) as last_receipt_no
from batch_files
left join loaded using (file_no)
left join refused using (file_no);
