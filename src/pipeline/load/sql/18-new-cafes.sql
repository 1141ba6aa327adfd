-- Cafés seen for the first time, and names that are new for those that are here.

-- Grain: a café's name that the accepted files write and nobody has heard of, with the café of the registry that it means.
create temp table new_names as
select
  incoming_cafes.name,
  coalesce(registry_names.till_name, incoming_cafes.name) as till_name,
  incoming_cafes.region,
  incoming_cafes.country,
  incoming_cafes.latitude,
  incoming_cafes.longitude,
  incoming_cafes.placed
from incoming_cafes
left join registry_names on registry_names.name = incoming_cafes.name
where incoming_cafes.cafe_no in (
    select cafe_no
    from incoming_deliveries
    join accepted_files on accepted_files.file_no = incoming_deliveries.file_no
  )
  and not exists (select 1 from location_names where location_names.name = incoming_cafes.name);

-- Grain: a new café. Its main name is the registry's, unless that still means another café, until a rebuild. It keeps the number it had
-- before a rebuild; any other is above all that are or were taken.
create temp table new_cafes as
select
  named.till_name,
  case when named.is_taken = 1 then named.first_name else named.till_name end as main_name,
  cast(
    coalesce(
      kept_locations.location_id,
      (
        select coalesce(max(location_id), 0)
        from (select location_id from locations union all select location_id from kept_locations) as taken
      ) + sum(case when kept_locations.location_id is null then 1 else 0 end)
        over (order by named.till_name rows unbounded preceding)
    ) as integer
  ) as location_id
from (
  select
    new_names.till_name,
    min(new_names.name) as first_name,
    max(case when location_names.name is null then 0 else 1 end) as is_taken
  from new_names
  left join location_names on location_names.name = new_names.till_name
  group by new_names.till_name
) as named
left join kept_locations on kept_locations.name = named.till_name;

-- What else is known of a café is filled in by the registry's statements below.
insert into locations (location_id, name, region, placed)
select location_id, main_name, 'Unplaced', false
from new_cafes;

insert into location_names (name, location_id, is_main, region, country, latitude, longitude, placed)
select name, location_id, name = main_name, region, country, latitude, longitude, placed
from new_names
join new_cafes on new_cafes.till_name = new_names.till_name;

insert into location_names (name, location_id, is_main, region, country, latitude, longitude, placed)
select
  registry_names.name,
  new_cafes.location_id,
  registry_names.name = new_cafes.main_name,
  registry_names.region,
  registry_names.country,
  registry_names.latitude,
  registry_names.longitude,
  registry_names.placed
from registry_names
join new_cafes on new_cafes.till_name = registry_names.till_name
where not exists (select 1 from location_names where location_names.name = registry_names.name);
