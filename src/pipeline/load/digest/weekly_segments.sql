-- Grain: a café, 13 weeks, whether customers are known by a card, whether they are new, a segment and a number of visits.
select locations.name as cafe, week_start, is_card, is_new, segment_no, visits, customers, weekly_segments.total_pence, worth_pence
from weekly_segments
join locations on locations.location_id = weekly_segments.location_id
