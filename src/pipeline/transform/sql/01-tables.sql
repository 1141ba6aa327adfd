-- What the steps of one batch share. All of it lives in memory and dies with the process: it holds names and cards.

-- Grain: a file of the batch, numbered from 1. reason is set for a file refused whole.
create table batch_files (
  file_no integer,
  key varchar,
  version bigint,
  size_bytes bigint,
  modified_ms bigint,
  content_hash varchar,
  format varchar,
  basket_grammar varchar,
  reason varchar,
  key_cafe varchar,
  key_date date,
  -- Rows above the first scanned one: 1 where a header was skipped, so that row numbers are what a spreadsheet shows.
  header_rows integer,
  -- The careful reader gives the place in the file itself.
  read_carefully boolean
);

-- Grain: a row of a file, typed, numbered over the batch. Its place in the file is scan_order less the file's first.
-- reason: why it was refused; null for a receipt.
create table scanned (
  receipt_no integer,
  file_no integer,
  scan_order bigint,
  occurred_at timestamp,
  cafe_name varchar,
  customer_text varchar,
  card_text varchar,
  basket_text varchar,
  total_pence integer,
  payment_method varchar,
  reason varchar
);

-- Grain: a row that the careful reader could not even split into columns.
create table unsplit_rows (
  file_no integer,
  row_number integer,
  reason varchar
);

-- Grain: one row. Minutes after midnight at which a business day starts.
create table batch_settings as
select cast($day_starts_minutes as integer) as day_starts_minutes;
