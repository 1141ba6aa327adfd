-- Grain: 13 weeks of a café to be counted. Only where the year changes within them may somebody be several rows.
select window_no, location_id as group_id, location_id, week_start, is_several, true as with_pence
from recounted_windows
where is_over
