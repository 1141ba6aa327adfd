-- Grain: one of the cafés asked about ($asked_cafes, as scopes are written) and another in scope: the customers with a card whom
-- both saw in the period. A row without another café counts the café's customers; one with 0 for another, those of them seen at
-- any other; and without a café it is the customers of all cafés asked about.
-- Reads: location_grants, period_masks
with cafes as (
  select
    location_id,
    case
      when position(',' || cast(location_id as varchar(12)) || ',' in cast($asked_cafes as varchar(60000))) > 0 then 1
      else 0
    end as is_asked
  from location_grants
),
-- Twice where the period has days in two years.
seen as (
  select customer_years.customer_id, customer_years.location_id, cafes.is_asked
  from customer_years
  join cafes on cafes.location_id = customer_years.location_id
  join period_masks
    on period_masks.year = customer_years.year
    and (
      (customer_years.jan_feb & period_masks.jan_feb)
      | (customer_years.mar_apr & period_masks.mar_apr)
      | (customer_years.may_jun & period_masks.may_jun)
      | (customer_years.jul_aug & period_masks.jul_aug)
      | (customer_years.sep_oct & period_masks.sep_oct)
      | (customer_years.nov_dec & period_masks.nov_dec)
    ) <> 0
  where customer_years.is_card
),
-- Most customers are seen at one café, and need no look at any other.
customers_seen as (
  select customer_id, min(location_id) as lowest_id, max(location_id) as highest_id
  from seen
  group by customer_id
),
at_one_cafe as (
  select cafes.location_id, count(*) as customers
  from customers_seen
  join cafes on cafes.location_id = customers_seen.lowest_id
  where customers_seen.lowest_id = customers_seen.highest_id and cafes.is_asked = 1
  group by cafes.location_id
),
roaming_seen as (
  select distinct seen.customer_id, seen.location_id, seen.is_asked
  from seen
  join customers_seen on customers_seen.customer_id = seen.customer_id
  where customers_seen.lowest_id < customers_seen.highest_id
),
roaming as (
  select customer_id
  from roaming_seen
  where is_asked = 1
  group by customer_id
),
at_several_cafes as (
  select location_id, count(*) as customers
  from roaming_seen
  where is_asked = 1
  group by location_id
),
of_cafes as (
  select location_id, customers from at_one_cafe
  union all
  select location_id, customers from at_several_cafes
),
of_all as (
  select customers from at_one_cafe
  union all
  select count(*) as customers from roaming
)
select
  one.location_id as cafe_id,
  other.location_id as other_id,
  cast(count(*) as bigint) as customers
from roaming_seen as one
join roaming_seen as other on other.customer_id = one.customer_id and other.location_id <> one.location_id
where one.is_asked = 1
group by one.location_id, other.location_id
union all
select location_id, null, cast(sum(customers) as bigint)
from of_cafes
group by location_id
union all
select location_id, 0, customers
from at_several_cafes
union all
select null, null, cast(sum(customers) as bigint)
from of_all
union all
select null, 0, count(*)
from roaming
