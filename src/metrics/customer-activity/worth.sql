-- Grain: as activity_cells; and a row without visits for what those gone quiet are worth, of each time of absence: what each spent in a
-- month while they came, over four weeks at least, in whole pence each, at all cafés asked about.
-- Reads: described_customers, activity_cells, customer_spending
with quiet as (
  select customer_id, is_card, segment_no, greatest(days_coming, 28) as days_coming
  from described_customers
  where is_now = 1 and group_id = 0 and segment_no >= 6
),
spent as (
  select customer_id, sum(pence) as total_pence
  from customer_spending
  where customer_id in (select customer_id from quiet)
  group by customer_id
)
select is_now, group_id, is_card, segment_no, visits, customers, cast(0 as bigint) as worth_pence
from activity_cells
union all
select
  1,
  0,
  quiet.is_card,
  quiet.segment_no,
  null,
  0,
  cast(sum(floor(spent.total_pence * 365 / (12 * quiet.days_coming) + 0.5)) as bigint)
from spent
join quiet on quiet.customer_id = spent.customer_id
group by quiet.is_card, quiet.segment_no
