-- Grain: a group of cafés, whether customers are known by a card, and a number of visits (days with a receipt) in the period: the
-- customers who came so often.
-- Reads: visiting_customers
select
  is_now,
  group_id,
  is_card,
  visits,
  cast(count(*) as bigint) as customers
from visiting_customers
group by is_now, group_id, is_card, visits
