-- What becomes of files whose keys the ledger knows. While ledger_heads is empty, these statements do nothing.

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

insert into replaced_files (file_id, superseded_by)
select files.file_id, accepted_files.file_id
from accepted_files
join incoming_files on incoming_files.file_no = accepted_files.file_no
join files on files.key = incoming_files.key
where files.is_current
  and files.source_id = (select source_id from batch_source)
  and incoming_files.reason is null;

insert into outdated_refusals (file_id, superseded_by)
select files.file_id, accepted_files.file_id
from accepted_files
join incoming_files on incoming_files.file_no = accepted_files.file_no
join files on files.key = incoming_files.key
where files.status = 'quarantined' and files.source_id = (select source_id from batch_source);

insert into refused_dates (business_date)
select distinct coalesce(quarantine.business_date, files.key_date)
from quarantine
join files on files.file_id = quarantine.file_id
where quarantine.file_id in (select file_id from replaced_files)
  or quarantine.file_id in (select file_id from outdated_refusals);
