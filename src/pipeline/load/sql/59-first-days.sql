-- Which first days this load may move: back when an older file comes late, and on when a receipt is taken away. Then the days moved
-- from and to tell another story.

-- Grain: a café and a customer whose first day may move. Back: all who came to a café of this load later than its earliest day,
-- mostly nobody.
create temp table movable_pairs as
with accepted_from as (
  select deliveries.location_id, min(deliveries.business_date) as business_date
  from deliveries
  join accepted_files on accepted_files.file_id = deliveries.file_id
  group by deliveries.location_id
)
select location_id, customer_id
from disturbed_pairs
union
select customer_years.location_id, customer_years.customer_id
from customer_years
join accepted_from on accepted_from.location_id = customer_years.location_id
where customer_years.first_on > accepted_from.business_date;

-- Grain: the same, with the first day as it is until now.
create temp table earlier_first_days as
select customer_years.location_id, customer_years.customer_id, min(customer_years.first_on) as first_on
from customer_years
join movable_pairs
  on movable_pairs.location_id = customer_years.location_id
  and movable_pairs.customer_id = customer_years.customer_id
group by customer_years.location_id, customer_years.customer_id;
