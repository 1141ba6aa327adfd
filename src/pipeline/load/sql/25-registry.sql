-- What the registry of cafés says of every café that is here: set again as a whole, so that what is taken back goes. While
-- registry_news is empty, it is what is there already.

-- Grain: a café with what it is called and where it is: by the registry, else by its main name.
create temp table described_locations as
select
  location_names.location_id,
  coalesce(registry_cafes.name, registry_cafes.till_name, location_names.name) as name,
  coalesce(registry_cafes.region, location_names.region) as region,
  case when registry_cafes.region is null then location_names.country else registry_cafes.country end as country,
  case when registry_cafes.region is null then location_names.latitude else registry_cafes.latitude end as latitude,
  case when registry_cafes.region is null then location_names.longitude else registry_cafes.longitude end as longitude,
  registry_cafes.opened_on,
  registry_cafes.closed_on,
  registry_cafes.region is not null or location_names.placed as placed,
  registry_cafes.till_name
from location_names
left join registry_names on registry_names.name = location_names.name
left join registry_cafes on registry_cafes.till_name = registry_names.till_name
where location_names.is_main;

update locations
set
  name = described_locations.name,
  region = described_locations.region,
  country = described_locations.country,
  latitude = described_locations.latitude,
  longitude = described_locations.longitude,
  opened_on = described_locations.opened_on,
  closed_on = described_locations.closed_on,
  placed = described_locations.placed
from described_locations
where described_locations.location_id = locations.location_id;

delete from closures;

-- A café's own closure says more than one of the whole chain.
insert into closures (location_id, date, reason)
select location_id, date, reason
from (
  select
    described_locations.location_id,
    calendar.date,
    registry_closures.reason,
    row_number() over (
      partition by described_locations.location_id, calendar.date
      order by registry_closures.till_name nulls last, registry_closures.closed_from, registry_closures.reason
    ) as place
  from registry_closures
  join calendar on calendar.date between registry_closures.closed_from and registry_closures.closed_until
  join described_locations
    on registry_closures.till_name is null or registry_closures.till_name = described_locations.till_name
) as days
where place = 1;

delete from ownerships;

insert into ownerships (location_id, owner, owned_from, owned_until)
select described_locations.location_id, registry_owners.owner, registry_owners.owned_from, registry_owners.owned_until
from registry_owners
join described_locations on described_locations.till_name = registry_owners.till_name;

-- When that was, is when there were news of it: where these statements are run in vain, they change nothing.
delete from registry_state where exists (select 1 from registry_news);

insert into registry_state (fingerprint, applied_at)
select $registry_fingerprint, $loaded_at
where exists (select 1 from registry_news);
