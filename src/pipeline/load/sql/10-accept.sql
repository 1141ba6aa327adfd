-- Which files of the batch the ledger lets in, and what they replace.

create temp table batch_source as
select source_id from sources where url = $source_url;

-- Grain: a key of the batch: the last thing the ledger knows of it.
create temp table ledger_heads as
select files.*
from files
join (
  select max(file_id) as file_id
  from files
  where source_id = (select source_id from batch_source) and key in (select key from incoming_files)
  group by key
) as heads on heads.file_id = files.file_id;

-- Grain: a file to be taken in. An older version than the ledger's is stale; the same bytes, transformed the same way, are
-- already here; both are left out, and so the whole load does nothing for them. The same bytes transformed another way keep
-- their place in the order of discovery.
create temp table accepted_files as
select
  incoming_files.file_no,
  cast((select coalesce(max(file_id), 0) from files)
    + row_number() over (order by incoming_files.version, incoming_files.key) as integer) as file_id,
  case
    when ledger_heads.content_hash = incoming_files.content_hash then ledger_heads.version
    else incoming_files.version
  end as version,
  (select coalesce(max(last_transaction_id), 0) from files) as transaction_base
from incoming_files
left join ledger_heads on ledger_heads.key = incoming_files.key
where ledger_heads.key is null
  or (
    incoming_files.version >= ledger_heads.seen_version
    and (
      ledger_heads.content_hash <> incoming_files.content_hash
      or ledger_heads.transform_version <> $transform_version
    )
  );

-- What the load is to replace. For most loads it stays empty: no file of theirs was here before.

-- Grain: a version that a readable new version of its key replaces.
create temp table replaced_files (file_id integer not null, superseded_by integer not null);

-- Grain: an older version that was refused whole.
create temp table outdated_refusals (file_id integer not null, superseded_by integer not null);

-- Grain: a café and customer some of whose receipts are about to leave or move, so that sums cannot simply be added to.
create temp table disturbed_pairs (location_id integer not null, customer_id integer not null);

-- Grain: a café and day whose figures this load changes.
create temp table touched_days (location_id integer not null, business_date date not null);

-- Grain: a day on which refused rows were that this load takes away; null where nothing says which.
create temp table refused_dates (business_date date);
