-- Grain: as weeks.sql, of group 0: what is to be added there for customers who came to several cafés: them as they are at all cafés asked
-- about together, less (below zero) what was counted of them at each.
-- Reads: activity_cells
select
  mod(window_no, 2) as is_now,
  0 as group_id,
  is_card,
  is_new,
  segment_no,
  visits,
  cast(sum(case when window_no < 2 then customers else -customers end) as bigint) as customers,
  cast(sum(case when window_no < 2 then total_pence else -total_pence end) as bigint) as total_pence,
  cast(sum(case when window_no < 2 then worth_pence else -worth_pence end) as bigint) as worth_pence
from activity_cells
group by mod(window_no, 2), is_card, is_new, segment_no, visits
