-- A batch of no files, for when only the registry of cafés has changed. The columns are those that transform writes.

create temp table incoming_files (
  file_no integer, key varchar(1024), version bigint, size_bytes bigint, modified_ms bigint, content_hash varchar(64),
  format varchar(64), reason varchar(40), detail varchar(300), key_cafe varchar(200), key_date date,
  rows_read integer, rows_loaded integer, rows_quarantined integer, items integer, total_pence bigint, unreconciled integer, last_receipt_no bigint
);
create temp table incoming_transactions (
  receipt_no bigint, file_no integer, cafe_no integer, customer_no integer, occurred_at timestamp, business_date date,
  hour smallint, total_pence integer, payment_method varchar(8), item_count smallint, reconciled boolean, row_number integer
);
create temp table incoming_items (
  receipt_no bigint, line_number smallint, file_no integer, cafe_no integer, product_no integer, price_pence integer,
  business_date date
);
create temp table incoming_customers (customer_no integer, customer_hash bigint, identity_basis varchar(8), key_fingerprint varchar(64));
create temp table incoming_products (
  product_no integer, name varchar(300), flavour varchar(300), size varchar(16), category varchar(40)
);
create temp table incoming_cafes (
  cafe_no integer, name varchar(200), region varchar(40), country varchar(40), latitude double precision,
  longitude double precision, placed boolean
);
create temp table incoming_deliveries (
  file_no integer, cafe_no integer, business_date date, receipts integer, total_pence bigint
);
create temp table incoming_quarantine (
  file_no integer, row_number integer, reason varchar(40), location_name varchar(200), business_date date, total_pence bigint,
  detail varchar(300)
);
