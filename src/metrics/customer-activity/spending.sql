-- Grain: as activity_cells; and a row without visits for what the customers of a segment spent in the period at all cafés asked about.
-- It is added up by segment, not by customer: there are a few sums, and a customer is only looked up.
-- Reads: described_customers, activity_cells, customer_spending
with payers as (
  select customer_id, segment_no + case when is_card then 10 else 0 end as payer
  from described_customers
  where is_now = 1 and group_id = 0
),
-- Whole pence are exact in double precision, and adding them up is twice as fast as in whole numbers.
spent as (
  select payers.payer, sum(customer_spending.pence) as total_pence
  from customer_spending
  join payers on payers.customer_id = customer_spending.customer_id
  group by payers.payer
)
select is_now, group_id, is_card, segment_no, visits, customers, cast(0 as bigint) as total_pence
from activity_cells
union all
select 1, 0, payer >= 10, mod(payer, 10), null, 0, cast(total_pence as bigint)
from spent
