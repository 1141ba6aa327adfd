-- Grain: a file as it stands: its current version, and a newer one that was refused. Older versions are history.
with heads as (
  select source_id, key, max(file_id) as file_id
  from files
  group by source_id, key
)
select
  files.source_id as source,
  files.key,
  files.content_hash,
  files.format,
  files.transform_version,
  files.status,
  files.reason,
  files.detail,
  files.key_cafe,
  files.key_date,
  case when files.is_current then 1 else 0 end as is_current,
  files.rows_read,
  files.rows_loaded,
  files.rows_quarantined,
  files.items,
  files.total_pence,
  files.unreconciled,
  case when files.is_current then others.key end as superseded_by
from files
left join files as others on others.file_id = files.superseded_by
where files.is_current or files.file_id in (select file_id from heads)
