-- Grain: one row: what was refused and names no café that is known.
-- Reads: quarantined_rows
select
  cast(coalesce(sum(case when row_number is null then 0 else 1 end), 0) as bigint) as refused_rows,
  cast(coalesce(sum(case when row_number is null then 1 else 0 end), 0) as bigint) as refused_files,
  cast(coalesce(sum(pence), 0) as bigint) as pence
from quarantined_rows
where location_id is null
