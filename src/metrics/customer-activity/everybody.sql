-- Grain: as weeks.sql, described while somebody waits: of weeks that were not counted ahead.
-- Reads: activity_cells
select
  mod(window_no, 2) as is_now,
  cast(floor(window_no / 2.0) as integer) as group_id,
  is_card,
  is_new,
  segment_no,
  visits,
  customers,
  total_pence,
  worth_pence
from activity_cells
