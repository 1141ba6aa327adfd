-- Out with the rows of the versions in replaced_files. While it is empty, these statements do nothing.

delete from transactions where file_id in (select file_id from replaced_files);
delete from transaction_items where file_id in (select file_id from replaced_files);
delete from held_transactions where file_id in (select file_id from replaced_files);
delete from held_transaction_items where file_id in (select file_id from replaced_files);

delete from quarantine where file_id in (select file_id from replaced_files);

update deliveries
set counted = false, superseded_by = replaced_files.superseded_by, overlap_share = null
from replaced_files
where deliveries.file_id = replaced_files.file_id;

update files
set status = 'superseded', is_current = false, superseded_by = replaced_files.superseded_by
from replaced_files
where files.file_id = replaced_files.file_id;
