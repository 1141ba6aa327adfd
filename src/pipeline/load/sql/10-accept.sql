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

-- The same bytes written again: remember the new size and time, so that extract does not ask again, and when that was, so
-- that what was there in between does not come back.
update files
set size_bytes = incoming_files.size_bytes, modified_ms = incoming_files.modified_ms, seen_version = incoming_files.version,
  raw_purged_at = null
from incoming_files, ledger_heads
where files.file_id = ledger_heads.file_id
  and ledger_heads.key = incoming_files.key
  and ledger_heads.content_hash = incoming_files.content_hash
  and ledger_heads.seen_version < incoming_files.version
  and not exists (select 1 from accepted_files where accepted_files.file_no = incoming_files.file_no);

-- Grain: a version that a readable new version of its key replaces.
create temp table replaced_files as
select files.file_id, accepted_files.file_id as superseded_by
from accepted_files
join incoming_files on incoming_files.file_no = accepted_files.file_no
join files on files.key = incoming_files.key
where files.is_current
  and files.source_id = (select source_id from batch_source)
  and incoming_files.reason is null;

-- Grain: a café and customer some of whose receipts are about to leave or move, so that sums cannot simply be added to.
create temp table disturbed_pairs as
select distinct location_id, customer_id
from transactions
where customer_id is not null and file_id in (select file_id from replaced_files);

-- Grain: a café and day whose figures this load changes.
create temp table touched_days as
select distinct location_id, business_date
from deliveries
where file_id in (select file_id from replaced_files);

-- Grain: an older version that was refused whole.
create temp table outdated_refusals as
select files.file_id, accepted_files.file_id as superseded_by
from accepted_files
join incoming_files on incoming_files.file_no = accepted_files.file_no
join files on files.key = incoming_files.key
where files.status = 'quarantined' and files.source_id = (select source_id from batch_source);

-- Grain: a day on which refused rows were that this load takes away.
create temp table refused_dates as
select distinct coalesce(quarantine.business_date, files.key_date) as business_date
from quarantine
join files on files.file_id = quarantine.file_id
where quarantine.file_id in (select file_id from replaced_files)
  or quarantine.file_id in (select file_id from outdated_refusals);
