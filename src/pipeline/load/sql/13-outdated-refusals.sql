-- What the versions in outdated_refusals were refused for no longer matters. While it is empty, these statements do nothing.

delete from quarantine where file_id in (select file_id from outdated_refusals);

update files
set status = 'superseded', superseded_by = outdated_refusals.superseded_by
from outdated_refusals
where files.file_id = outdated_refusals.file_id;
