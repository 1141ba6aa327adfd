-- Out with the rows of the versions in replaced_files, and whom and what that concerns. While it is empty, these statements do nothing.

insert into disturbed_pairs (location_id, customer_id)
select distinct location_id, customer_id
from transactions
where customer_id is not null and file_id in (select file_id from replaced_files);

insert into touched_days (location_id, business_date)
select distinct location_id, business_date
from deliveries
where file_id in (select file_id from replaced_files);

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
