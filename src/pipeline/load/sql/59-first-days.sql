-- Grain: a café and a customer whose first day there this load may move, with that day as it is until now. It moves back when an older
-- file comes late, and on when a receipt is taken away: then the days it moves from and to tell another story. Of the first kind
-- are all who came to a café of this load later than its earliest day: mostly none.
create temp table earlier_first_days as
with accepted_from as (
  select deliveries.location_id, min(deliveries.business_date) as business_date
  from deliveries
  join accepted_files on accepted_files.file_id = deliveries.file_id
  group by deliveries.location_id
),
movable as (
  select location_id, customer_id
  from disturbed_pairs
  union
  select customer_years.location_id, customer_years.customer_id
  from customer_years
  join accepted_from on accepted_from.location_id = customer_years.location_id
  where customer_years.first_on > accepted_from.business_date
)
select customer_years.location_id, customer_years.customer_id, min(customer_years.first_on) as first_on
from customer_years
join movable
  on movable.location_id = customer_years.location_id
  and movable.customer_id = customer_years.customer_id
group by customer_years.location_id, customer_years.customer_id;
