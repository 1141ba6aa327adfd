-- Grain: a side (is_now is 1 for the 13 weeks up to $to, 0 for those before), a group of cafés, whether customers are known by a card, whether
-- they are new, a segment and a number of visits: the customers who came so often, added up café by café.
-- Reads: customer_groups
select
  case when thirteen_weeks.to_on = cast($to as date) then 1 else 0 end as is_now,
  customer_groups.group_id,
  weekly_segments.is_card,
  weekly_segments.is_new,
  weekly_segments.segment_no,
  weekly_segments.visits,
  cast(sum(weekly_segments.customers) as bigint) as customers,
  cast(sum(weekly_segments.total_pence) as bigint) as total_pence,
  cast(sum(weekly_segments.worth_pence) as bigint) as worth_pence
from weekly_segments
join thirteen_weeks on thirteen_weeks.week_start = weekly_segments.week_start
join customer_groups on customer_groups.location_id = weekly_segments.location_id
where
  (thirteen_weeks.to_on = cast($to as date) or thirteen_weeks.to_on = cast($before_to as date))
  and (weekly_segments.is_card or cast($with_names as integer) = 1)
group by
  thirteen_weeks.to_on,
  customer_groups.group_id,
  weekly_segments.is_card,
  weekly_segments.is_new,
  weekly_segments.segment_no,
  weekly_segments.visits
