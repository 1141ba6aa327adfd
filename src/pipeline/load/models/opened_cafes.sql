-- Grain: a café, with its first day: the registry's, else that of the first delivery that counts; null where it has neither.
select
  locations.location_id,
  locations.region,
  locations.closed_on,
  coalesce(locations.opened_on, min(deliveries.business_date)) as opened_on
from locations
left join deliveries on deliveries.location_id = locations.location_id and deliveries.counted
group by locations.location_id, locations.region, locations.closed_on, locations.opened_on
