-- Grain: a side (see activity_sides), a group of cafés, whether customers are known by a card, a segment, a time of absence for those
-- gone quiet, and a number of visits: the customers who came so often.
-- Reads: described_customers
select
  is_now,
  group_id,
  is_card,
  segment_no,
  visits,
  cast(count(*) as bigint) as customers
from described_customers
group by is_now, group_id, is_card, segment_no, visits
