-- The registry of cafés, as the load's statements read it.

-- Grain: something for which the registry must be asked: that it says other things than at the last load, or a name that tills of
-- this load write and nobody has heard of. Mostly nothing; then all that is about cafés is as the registry has it already.
create temp table registry_news as
select cast($registry_fingerprint as varchar(200)) as news
where not exists (select 1 from registry_state where fingerprint = $registry_fingerprint)
union all
select name
from incoming_cafes
where name not in (select name from location_names);

-- Grain: a café of the registry, by the name it is entered under. region to longitude are null where nobody placed it.
create temp table registry_cafes (
  till_name varchar(200) not null,
  name varchar(200),
  region varchar(40),
  country varchar(40),
  latitude double precision,
  longitude double precision,
  opened_on date,
  closed_on date
);

-- Grain: a name that means a café of the registry, and where the gazetteer puts it.
create temp table registry_names (
  name varchar(200) not null,
  till_name varchar(200) not null,
  region varchar(40) not null,
  country varchar(40),
  latitude double precision,
  longitude double precision,
  placed boolean not null
);

-- Grain: a planned closure. till_name is null where every café is closed.
create temp table registry_closures (
  till_name varchar(200),
  closed_from date not null,
  closed_until date not null,
  reason varchar(200) not null
);

-- Grain: a café of the registry and somebody who had it for a time.
create temp table registry_owners (
  till_name varchar(200) not null,
  owner varchar(200) not null,
  owned_from date not null,
  owned_until date
);

-- Grain: a café of the warehouse that this one takes the place of, by its main name, with its number there, which links and grants
-- say. Only a rebuild has any.
create temp table kept_locations (
  name varchar(200) not null,
  location_id integer not null
)
