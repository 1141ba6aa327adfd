-- Grain: one of the cafés asked about ($asked_cafes, as scopes are written) and another in scope: the customers with a card whom
-- both saw in the period. A row without another café counts the café's customers; one with 0 for another, those of them seen at
-- any other; and without a café it is the customers of all cafés asked about.
-- Reads: location_grants, period_masks
with seen as (
  select
    customer_years.customer_id,
    customer_years.location_id,
    max(
      case
        when position(',' || cast(customer_years.location_id as varchar(12)) || ',' in cast($asked_cafes as varchar(60000))) > 0 then 1
        else 0
      end
    ) as is_asked
  from customer_years
  join location_grants on location_grants.location_id = customer_years.location_id
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
  group by customer_years.customer_id, customer_years.location_id
),
-- Most customers are seen at one café, and need no look at any other.
roaming as (
  select customer_id
  from seen
  group by customer_id
  having count(*) > 1 and sum(is_asked) > 0
),
roaming_seen as (
  select seen.customer_id, seen.location_id, seen.is_asked
  from seen
  join roaming on roaming.customer_id = seen.customer_id
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
select location_id, null, cast(count(*) as bigint)
from seen
where is_asked = 1
group by location_id
union all
select location_id, 0, cast(count(*) as bigint)
from roaming_seen
where is_asked = 1
group by location_id
union all
select null, null, cast(count(distinct customer_id) as bigint)
from seen
where is_asked = 1
union all
select null, 0, cast(count(*) as bigint)
from roaming
