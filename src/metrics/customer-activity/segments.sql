-- Grain: as activity_cells.
-- Reads: activity_cells
select is_now, group_id, is_card, segment_no, visits, customers
from activity_cells
