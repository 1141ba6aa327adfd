-- Grain: a day: cafés that delivered it, and the items of all products they sold.
-- Reads: location_grants
select
  location_days.business_date as date,
  cast(count(*) as bigint) as cafes,
  cast(sum(location_days.items) as bigint) as items
from location_days
join location_grants on location_grants.location_id = location_days.location_id
where
  location_days.state = 'in'
  and location_days.business_date between cast($from as date) and cast($to as date)
group by location_days.business_date
