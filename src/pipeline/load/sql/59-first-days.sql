-- Grain: a café and a customer this load may change, with the first day they were known to have come there until now. When it moves,
-- because an older file came late or a corrected one took a receipt away, the days it moves from and to tell another story.
create temp table earlier_first_days as
with touched_pairs as (
  select location_id, customer_id
  from disturbed_pairs
  union
  select transactions.location_id, transactions.customer_id
  from transactions
  join accepted_files on accepted_files.file_id = transactions.file_id
  where transactions.customer_id is not null
)
select customer_years.location_id, customer_years.customer_id, min(customer_years.first_on) as first_on
from customer_years
join touched_pairs
  on touched_pairs.location_id = customer_years.location_id
  and touched_pairs.customer_id = customer_years.customer_id
group by customer_years.location_id, customer_years.customer_id;
