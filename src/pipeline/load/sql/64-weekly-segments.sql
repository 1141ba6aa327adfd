-- Customers of 13 weeks, counted anew where recounted_windows says so: by their masks, and what they spent by months and odd receipts. While
-- it is empty, these statements do nothing.

delete from weekly_segments using recounted_windows
where recounted_windows.location_id = weekly_segments.location_id
  and recounted_windows.week_start = weekly_segments.week_start;

-- Reads: activity_cells
insert into weekly_segments (
  location_id, week_start, is_card, is_new, segment_no, visits, customers, total_pence, worth_pence
)
select
  recounted_windows.location_id,
  recounted_windows.week_start,
  activity_cells.is_card,
  activity_cells.is_new,
  activity_cells.segment_no,
  activity_cells.visits,
  activity_cells.customers,
  activity_cells.total_pence,
  activity_cells.worth_pence
from activity_cells
join recounted_windows on recounted_windows.window_no = activity_cells.window_no
-- Questions are about one week of many cafés.
order by recounted_windows.window_no;
