-- Grain: a day on which a café is closed as planned.
select locations.name as cafe, closures.date, closures.reason
from closures
join locations on locations.location_id = closures.location_id
