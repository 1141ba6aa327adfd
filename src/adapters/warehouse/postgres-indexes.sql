-- What PostgreSQL needs beside the shared tables: a load touches some files and days of millions of rows, and an index finds
-- them. The ledger's key is enforced; nothing else needs to be.
create unique index if not exists files_by_id on files (file_id);
create index if not exists files_by_key on files (source_id, key);
create unique index if not exists transactions_by_id on transactions (transaction_id);
create index if not exists transactions_by_file on transactions (file_id);
create index if not exists transactions_by_day on transactions (location_id, business_date);
create index if not exists transactions_by_customer on transactions (customer_id);
create index if not exists transaction_items_by_receipt on transaction_items (transaction_id);
create index if not exists transaction_items_by_file on transaction_items (file_id);
create index if not exists transaction_items_by_day on transaction_items (location_id, business_date);
create index if not exists held_transactions_by_file on held_transactions (file_id);
create index if not exists held_transaction_items_by_file on held_transaction_items (file_id);
create index if not exists customers_by_id on customers (customer_id);
create index if not exists customers_by_hash on customers (customer_hash);
create index if not exists customer_years_by_pair on customer_years (location_id, customer_id);
create index if not exists weekly_customers_by_week on weekly_customers (location_id, week_start);
create index if not exists weekly_segments_by_week on weekly_segments (location_id, week_start);
create index if not exists deliveries_by_file on deliveries (file_id);
create index if not exists deliveries_by_day on deliveries (location_id, business_date);
create index if not exists quarantine_by_file on quarantine (file_id);
create index if not exists daily_sales_by_day on daily_sales (location_id, business_date);
create index if not exists hourly_sales_by_day on hourly_sales (location_id, business_date);
create index if not exists daily_products_by_day on daily_products (location_id, business_date);
create index if not exists location_days_by_day on location_days (location_id, business_date);
create index if not exists daily_first_visits_by_day on daily_first_visits (location_id, business_date);
