-- Grain: a day from $from to $to, over the cafés asked about. Not like for like: everything delivered.
-- Reads: cafe_days
select
  business_date as date,
  cast(sum(case when state in ('in', 'missing') then 1 else 0 end) as bigint) as days_expected,
  cast(sum(case when state = 'in' then 1 else 0 end) as bigint) as days_in,
  cast(sum(pence) as bigint) as pence,
  cast(sum(receipts) as bigint) as receipts,
  cast(sum(items) as bigint) as items,
  cast(sum(identified_receipts) as bigint) as identified_receipts,
  cast(sum(identified_customers) as bigint) as identified_customers
from cafe_days
group by business_date
order by business_date
