-- The warehouse, in the SQL that DuckDB, PostgreSQL and Redshift share. Money is whole pence. Times are UK wall-clock.
-- No keys or indexes: Redshift does not enforce them and plans as if it did; in DuckDB they slow a commit tenfold.

-- Grain: a till-file store this warehouse accepts files from.
create table if not exists sources (
  source_id integer not null,
  url varchar(2000) not null,
  added_at timestamp not null
);

-- Grain: one row: which version of these tables this is (core/warehouse/schema-version.ts).
create table if not exists schema_state (
  version varchar(16) not null
);

-- Grain: a generation of the keys that customers are numbered with; the newest is in force. The fingerprint names the keys
-- without giving them away, so that a warehouse is never loaded with others.
create table if not exists key_generations (
  generation smallint not null,
  fingerprint varchar(32) not null,
  since timestamp not null
);

-- Grain: a café. Region is one of the 12 ITL1 regions, or 'Unplaced' while placed is false.
create table if not exists locations (
  location_id integer not null,
  name varchar(200) not null,
  region varchar(40) not null,
  country varchar(40),
  latitude double precision,
  longitude double precision,
  opened_on date,
  closed_on date,
  placed boolean not null
);

-- Grain: a name that means a café: those its tills wrote, and those the registry of cafés gives it. locations.name is what
-- people call it; is_main marks the one name by which the registry knows it. Where the gazetteer puts each name, is here too.
create table if not exists location_names (
  name varchar(200) not null,
  location_id integer not null,
  is_main boolean not null,
  region varchar(40) not null,
  country varchar(40),
  latitude double precision,
  longitude double precision,
  placed boolean not null
);

-- Grain: a café and somebody who had it for a time. owned_until is the last day; null while it lasts.
create table if not exists ownerships (
  location_id integer not null,
  owner varchar(200) not null,
  owned_from date not null,
  owned_until date
);

-- Grain: what the registry of cafés said when it was last taken in: a single row.
create table if not exists registry_state (
  fingerprint varchar(64) not null,
  applied_at timestamp not null
);

-- Grain: a sellable thing: name, flavour and size as the till wrote them, trimmed.
create table if not exists products (
  product_id integer not null,
  name varchar(300) not null,
  flavour varchar(300),
  size varchar(16) not null,
  category varchar(40) not null
);

-- Grain: a pseudonymous customer. customer_hash is 63 bits of a keyed hash; identity_basis is 'card' or 'name'.
create table if not exists customers (
  customer_id integer not null,
  customer_hash bigint not null,
  identity_basis varchar(8) not null,
  first_seen_on date,
  last_seen_on date,
  home_location_id integer
);

-- Grain: a receipt that counts. is_identified: its customer is known by a card or token, however it was paid; else by a name, or not at all.
create table if not exists transactions (
  transaction_id bigint not null,
  location_id integer not null,
  occurred_at timestamp not null,
  business_date date not null,
  hour smallint not null,
  total_pence integer not null,
  payment_method varchar(8) not null,
  customer_id integer,
  is_identified boolean not null,
  item_count smallint not null,
  reconciled boolean not null,
  file_id integer not null,
  row_number integer not null
);

-- Grain: a line of a receipt that counts. Café and date are repeated so that product questions need no join.
create table if not exists transaction_items (
  transaction_id bigint not null,
  line_number smallint not null,
  product_id integer not null,
  price_pence integer,
  location_id integer not null,
  business_date date not null,
  file_id integer not null
);

-- Receipts and lines of deliveries that do not count (duplicates, superseded), kept in case they come to count again.
create table if not exists held_transactions (
  transaction_id bigint not null,
  location_id integer not null,
  occurred_at timestamp not null,
  business_date date not null,
  hour smallint not null,
  total_pence integer not null,
  payment_method varchar(8) not null,
  customer_id integer,
  is_identified boolean not null,
  item_count smallint not null,
  reconciled boolean not null,
  file_id integer not null,
  row_number integer not null
);
create table if not exists held_transaction_items (
  transaction_id bigint not null,
  line_number smallint not null,
  product_id integer not null,
  price_pence integer,
  location_id integer not null,
  business_date date not null,
  file_id integer not null
);

-- Grain: one version of one delivered file, as one transform read it: the ledger. Versions count in order of discovery;
-- seen_version is when the same bytes were last seen again, so that anything older is stale.
-- Status: loaded, duplicate, superseded (by a newer version, or by another file of the same café and day), quarantined.
-- is_current marks the version of its key whose receipts are here, counted or held: a refused version leaves the last good
-- one in place. detail is what is behind the reason. key_cafe and key_date are what the key says; the rows are the truth.
-- Ids end at last_transaction_id. raw_purged_at is when the file was removed from the raw store, having been there long enough.
create table if not exists files (
  file_id integer not null,
  source_id integer not null,
  key varchar(1024) not null,
  version bigint not null,
  seen_version bigint not null,
  size_bytes bigint not null,
  modified_ms bigint not null,
  content_hash varchar(64) not null,
  format varchar(64),
  transform_version varchar(64) not null,
  status varchar(16) not null,
  reason varchar(40),
  detail varchar(300),
  key_cafe varchar(200),
  key_date date,
  is_current boolean not null,
  rows_read integer not null,
  rows_loaded integer not null,
  rows_quarantined integer not null,
  items integer not null,
  total_pence bigint not null,
  unreconciled integer not null,
  last_transaction_id bigint not null,
  loaded_at timestamp not null,
  run_id varchar(40) not null,
  superseded_by integer,
  raw_purged_at timestamp
);

-- Grain: a café and day that a file holds. counted is false for a duplicate or a superseded delivery. overlap_share is
-- set where two deliveries of a day both count though some of their receipts coincide: somebody should look.
create table if not exists deliveries (
  file_id integer not null,
  location_id integer not null,
  business_date date not null,
  receipts integer not null,
  total_pence bigint not null,
  counted boolean not null,
  superseded_by integer,
  overlap_share double precision
);

-- Grain: a refused row, or a refused file (row_number is null). detail says more than the reason where there is more to say,
-- such as the nearest till format. No text from the file, ever.
create table if not exists quarantine (
  file_id integer not null,
  row_number integer,
  reason varchar(40) not null,
  location_name varchar(200),
  business_date date,
  total_pence bigint,
  detail varchar(300)
);

-- Grain: a pipeline run. Times are UTC.
create table if not exists runs (
  run_id varchar(40) not null,
  trigger_kind varchar(16) not null,
  started_at timestamp not null,
  finished_at timestamp,
  duration_ms bigint,
  status varchar(16) not null,
  files_discovered integer,
  files_loaded integer,
  files_unchanged integer,
  files_duplicate integer,
  files_superseded integer,
  files_quarantined integer,
  files_waiting integer,
  rows_read bigint,
  rows_loaded bigint,
  rows_quarantined bigint,
  items bigint,
  total_pence bigint,
  cost_estimate_gbp double precision
);

-- Grain: a batch of a run, and one row for its listing (state listed), which says how many files the listing found and left.
-- Batches are queued, then loaded, dead, or split into two others because they failed. A run is over once its listing is here
-- and no batch is queued. A batch that a later run loads is that run's from then on.
create table if not exists run_batches (
  batch_id varchar(80) not null,
  run_id varchar(40) not null,
  state varchar(8) not null,
  files integer not null,
  files_waiting integer not null
);

-- Grain: a day, 2000 to 2049. Weeks start on Monday. A bank holiday column names the holiday, or is null.
create table if not exists calendar (
  date date not null,
  year smallint not null,
  month smallint not null,
  day smallint not null,
  weekday smallint not null,
  weekday_name varchar(9) not null,
  week_start date not null,
  month_start date not null,
  bank_holiday_england_wales varchar(60),
  bank_holiday_scotland varchar(60),
  bank_holiday_northern_ireland varchar(60)
);

-- Grain: a day of the calendar, with its bit in the masks of customer_years: one of the six has it, the others are zero.
create table if not exists day_bits (
  date date not null,
  year smallint not null,
  jan_feb bigint not null,
  mar_apr bigint not null,
  may_jun bigint not null,
  jul_aug bigint not null,
  sep_oct bigint not null,
  nov_dec bigint not null
);

-- Grain: 13 weeks, what a breakdown of customers answers for, by the Monday of the last (week_start), for every week of the calendar that
-- ends. Two months share a mask (see day_bits), and 13 weeks have days in three such pairs of months at most: late, middle and early. Of
-- those in the late and in the early one, which are 32 at most where there are days in three, no two have the same bit: so one number holds
-- both, the outer days. late: which of these are late ones. The recent masks have the last 21 days, of the outer ones and of the middle
-- ones. A month that has none of the days is null. What was spent is that of the months from first_whole to last_whole (twelve numbers a
-- year), and of thirteen_week_odd_days.
create table if not exists thirteen_weeks (
  week_start date not null,
  from_on date not null,
  to_on date not null,
  is_in_one_year boolean not null,
  late bigint not null,
  outer_recent bigint not null,
  middle_recent bigint not null,
  late_second_on date,
  late_first_on date,
  middle_second_on date,
  middle_first_on date,
  early_second_on date,
  early_first_on date,
  first_whole integer not null,
  last_whole integer not null
);

-- Grain: 13 weeks and a year they have days in, with the masks of those days: outer and middle ones.
create table if not exists thirteen_week_masks (
  week_start date not null,
  year smallint not null,
  outer_jan_feb bigint not null,
  outer_mar_apr bigint not null,
  outer_may_jun bigint not null,
  outer_jul_aug bigint not null,
  outer_sep_oct bigint not null,
  outer_nov_dec bigint not null,
  middle_jan_feb bigint not null,
  middle_mar_apr bigint not null,
  middle_may_jun bigint not null,
  middle_jul_aug bigint not null,
  middle_sep_oct bigint not null,
  middle_nov_dec bigint not null
);

-- Grain: 13 weeks and a day by which they are longer (sign is 1) or shorter (-1) than whole months, at their first or their last end. They
-- begin and end with the month that leaves fewest such days, so there are 15 at most at either end.
create table if not exists thirteen_week_odd_days (
  week_start date not null,
  is_first boolean not null,
  date date not null,
  sign smallint not null
);

-- Grain: a day on which a café is closed as planned.
create table if not exists closures (
  location_id integer not null,
  date date not null,
  reason varchar(200) not null
);

-- Roll-ups, kept by load for every café and day it touches.

-- Grain: a café and day.
create table if not exists daily_sales (
  location_id integer not null,
  business_date date not null,
  receipts integer not null,
  items integer not null,
  total_pence bigint not null,
  card_receipts integer not null,
  identified_receipts integer not null,
  identified_items integer not null,
  identified_pence bigint not null,
  identified_customers integer not null,
  reconciled_receipts integer not null
);

-- Grain: a café, day and hour of day.
create table if not exists hourly_sales (
  location_id integer not null,
  business_date date not null,
  hour smallint not null,
  receipts integer not null,
  items integer not null,
  total_pence bigint not null
);

-- Grain: a café, day and product.
create table if not exists daily_products (
  location_id integer not null,
  business_date date not null,
  product_id integer not null,
  items integer not null,
  total_pence bigint not null
);

-- Grain: a café, day, product and the price it was sold at; price_pence is null where the till wrote none.
create table if not exists daily_prices (
  location_id integer not null,
  business_date date not null,
  product_id integer not null,
  price_pence integer,
  items integer not null
);

-- Grain: a café and day with lines. receipts: those with a line; baskets: those of them with products of two kinds or more. A
-- kind is a name and a flavour, its sizes together; kind_id is the first product_id of them.
create table if not exists daily_baskets (
  location_id integer not null,
  business_date date not null,
  receipts integer not null,
  baskets integer not null
);

-- Grain: a café, week (from Monday) and kind: receipts and baskets that hold it.
create table if not exists weekly_kinds (
  location_id integer not null,
  week_start date not null,
  kind_id integer not null,
  receipts integer not null,
  baskets integer not null
);

-- Grain: a café, week and two kinds on one receipt, the lower id first: how many receipts hold both.
create table if not exists weekly_pairs (
  location_id integer not null,
  week_start date not null,
  kind_id integer not null,
  other_kind_id integer not null,
  receipts integer not null
);

-- Grain: a café, a customer and a calendar year. is_card: known by a card or token; else by a name at this café, which is weaker.
-- is_shared: they bought at another café as well, in whatever year; who did not is one row a year. is_single: this is their only row, of
-- one café and one year. Such need not be put together.
-- The six masks say on which days there was a receipt (day_bits has the bit of each), so that nobody has to read receipts to count
-- the different customers of any period. What they spent is by the month: of any weeks only the days beside whole months are read from receipts.
create table if not exists customer_years (
  location_id integer not null,
  customer_id integer not null,
  year smallint not null,
  is_card boolean not null,
  is_shared boolean not null,
  is_single boolean not null,
  first_on date not null,
  last_on date not null,
  jan_feb bigint not null,
  mar_apr bigint not null,
  may_jun bigint not null,
  jul_aug bigint not null,
  sep_oct bigint not null,
  nov_dec bigint not null,
  receipts integer not null,
  jan_pence bigint not null,
  feb_pence bigint not null,
  mar_pence bigint not null,
  apr_pence bigint not null,
  may_pence bigint not null,
  jun_pence bigint not null,
  jul_pence bigint not null,
  aug_pence bigint not null,
  sep_pence bigint not null,
  oct_pence bigint not null,
  nov_pence bigint not null,
  dec_pence bigint not null
);

-- Grain: a café, week (from Monday) and whether customers are known by a card: how many different ones came. Whoever came to several
-- cafés is counted at each: customer_years says who may have.
create table if not exists weekly_customers (
  location_id integer not null,
  week_start date not null,
  is_card boolean not null,
  customers integer not null
);

-- Grain: a café, 13 weeks (by the Monday of the last), whether customers are known by a card, whether they are new (their first receipt
-- there is in the last 28 days), a segment (core/warehouse/models/described_customers.sql: newness left aside, those gone quiet one for
-- each time of absence), and a number of visits (days with a receipt): the customers who came so often, what they spent there in the 13
-- weeks, and of those gone quiet what they are worth a month, each rounded. There are rows of the last 14 whole weeks up to the newest day
-- that was delivered. Whoever came to several cafés is counted at each: customer_years says who may have.
create table if not exists weekly_segments (
  location_id integer not null,
  week_start date not null,
  is_card boolean not null,
  is_new boolean not null,
  segment_no smallint not null,
  visits smallint not null,
  customers integer not null,
  total_pence bigint not null,
  worth_pence bigint not null
);

-- Grain: a café and day on which customers known by a card came there for the first time: what those bought that day.
create table if not exists daily_first_visits (
  location_id integer not null,
  business_date date not null,
  receipts integer not null,
  items integer not null,
  total_pence bigint not null
);

-- Grain: a café and day, from the first day with a delivery to the last, every café on every day: what was expected and what
-- came. State is in (delivered, if without receipts), missing (expected, not delivered), closed (a planned closure) or not_open
-- (before opening, or closed for good). opened_on is the registry's, else the first delivery. restated: a later file has
-- corrected the day. Refused rows, and a refused file as one, count where their own words or the file's name put them.
create table if not exists location_days (
  location_id integer not null,
  business_date date not null,
  state varchar(8) not null,
  opened_on date,
  closure_reason varchar(200),
  bank_holiday varchar(60),
  receipts integer not null,
  items integer not null,
  total_pence bigint not null,
  identified_receipts integer not null,
  identified_customers integer not null,
  reconciled_receipts integer not null,
  delivered_at timestamp,
  restated boolean not null,
  refused_rows integer not null,
  refused_pence bigint not null
);
