-- Grain: one row: what was refused and names no café that is known, of the days of the period; and what names no day either, which is
-- of no period, and would be told of none.
-- Reads: quarantined_rows
with unassigned as (
  select row_number, business_date, pence
  from quarantined_rows
  where location_id is null
)
select
  cast(coalesce(sum(case when row_number is null then 0 else 1 end), 0) as bigint) as refused_rows,
  cast(coalesce(sum(case when row_number is null then 1 else 0 end), 0) as bigint) as refused_files,
  cast(coalesce(sum(pence), 0) as bigint) as pence
from unassigned
where business_date is null or business_date between cast($from as date) and cast($to as date)
