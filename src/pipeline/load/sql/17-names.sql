-- What cafés are called: every name that the registry gives them, and which one is the main one.

insert into location_names (name, location_id, is_main, region, country, latitude, longitude, placed)
select
  registry_names.name,
  staying_locations.location_id,
  false,
  registry_names.region,
  registry_names.country,
  registry_names.latitude,
  registry_names.longitude,
  registry_names.placed
from registry_names
join staying_locations on staying_locations.till_name = registry_names.till_name
where not exists (select 1 from location_names where location_names.name = registry_names.name);

update location_names set is_main = location_names.name = new_main_names.till_name
from new_main_names
where new_main_names.location_id = location_names.location_id;
