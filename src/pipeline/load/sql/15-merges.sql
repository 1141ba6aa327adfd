-- Cafés that the registry says are one: what they have moves to the one that stays, as if every file had been loaded under
-- its name. What stays together though the registry parts it, waits for a rebuild: receipts do not say which name they had.

-- A warehouse from before cafés had several names knows each by its own.
insert into location_names (name, location_id, is_main, region, country, latitude, longitude, placed)
select name, location_id, true, region, country, latitude, longitude, placed
from locations
where location_id not in (select location_id from location_names);

-- Grain: a café with the one of the registry that its main name means.
create temp table registered_locations as
select location_names.location_id, location_names.name, registry_names.till_name
from location_names
join registry_names on registry_names.name = location_names.name
where location_names.is_main;

-- Grain: a café of the registry that is here, and who stays: whoever has the registry's name, else the first that came.
create temp table staying_locations as
select
  till_name,
  coalesce(min(case when name = till_name then location_id end), min(location_id)) as location_id
from registered_locations
group by till_name;

-- Grain: a café that is another one.
create temp table merged_locations as
select registered_locations.location_id, staying_locations.location_id as into_id
from registered_locations
join staying_locations on staying_locations.till_name = registered_locations.till_name
where registered_locations.location_id <> staying_locations.location_id;

-- Grain: a café that gets another main name, which no third one has.
create temp table new_main_names as
select staying_locations.location_id, staying_locations.till_name
from staying_locations
join location_names as mains on mains.location_id = staying_locations.location_id and mains.is_main
left join location_names as known on known.name = staying_locations.till_name
left join merged_locations on merged_locations.location_id = known.location_id
where mains.name <> staying_locations.till_name
  and (known.name is null or coalesce(merged_locations.into_id, known.location_id) = staying_locations.location_id);

-- Grain: a day for which a café that is another one delivered.
create temp table merged_days as
select distinct merged_locations.into_id as location_id, deliveries.business_date
from deliveries
join merged_locations on merged_locations.location_id = deliveries.location_id;

insert into touched_days (location_id, business_date)
select days.location_id, days.business_date
from (
  select location_id, business_date from merged_days
  union
  select deliveries.location_id, deliveries.business_date
  from deliveries
  join merged_locations on merged_locations.location_id = deliveries.location_id
) as days
where not exists (
  select 1
  from touched_days as known
  where known.location_id = days.location_id and known.business_date = days.business_date
);

-- Main names decide between cafés where a customer was equally often and late, so a new one disturbs all customers.
insert into disturbed_pairs (location_id, customer_id)
select pairs.location_id, pairs.customer_id
from (
  select transactions.location_id, transactions.customer_id
  from transactions
  join merged_locations on merged_locations.location_id = transactions.location_id
  union
  select merged_locations.into_id, transactions.customer_id
  from transactions
  join merged_locations on merged_locations.location_id = transactions.location_id
  union
  select merged_locations.into_id, held_transactions.customer_id
  from held_transactions
  join merged_locations on merged_locations.location_id = held_transactions.location_id
  union
  select held_transactions.location_id, held_transactions.customer_id
  from held_transactions
  join merged_days
    on merged_days.location_id = held_transactions.location_id
    and merged_days.business_date = held_transactions.business_date
  union
  select transactions.location_id, transactions.customer_id
  from transactions
  join new_main_names on new_main_names.location_id = transactions.location_id
) as pairs
where pairs.customer_id is not null
  and not exists (
    select 1
    from disturbed_pairs as known
    where known.location_id = pairs.location_id and known.customer_id = pairs.customer_id
  );

update transactions set location_id = merged_locations.into_id
from merged_locations
where merged_locations.location_id = transactions.location_id;

update transaction_items set location_id = merged_locations.into_id
from merged_locations
where merged_locations.location_id = transaction_items.location_id;

update held_transactions set location_id = merged_locations.into_id
from merged_locations
where merged_locations.location_id = held_transactions.location_id;

update held_transaction_items set location_id = merged_locations.into_id
from merged_locations
where merged_locations.location_id = held_transaction_items.location_id;

-- Every delivery of these days counts again, as when it was loaded; the contests after this settle which of them do.
insert into transactions
select held_transactions.*
from held_transactions
join merged_days
  on merged_days.location_id = held_transactions.location_id
  and merged_days.business_date = held_transactions.business_date;

insert into transaction_items
select held_transaction_items.*
from held_transaction_items
join merged_days
  on merged_days.location_id = held_transaction_items.location_id
  and merged_days.business_date = held_transaction_items.business_date;

delete from held_transactions using merged_days
where merged_days.location_id = held_transactions.location_id
  and merged_days.business_date = held_transactions.business_date;

delete from held_transaction_items using merged_days
where merged_days.location_id = held_transaction_items.location_id
  and merged_days.business_date = held_transaction_items.business_date;

-- Grain: a delivery of these days. A file that had the day under both names has it once now.
create temp table merged_deliveries as
with moved as (
  select
    deliveries.file_id,
    coalesce(merged_locations.into_id, deliveries.location_id) as location_id,
    deliveries.business_date,
    deliveries.receipts,
    deliveries.total_pence,
    deliveries.superseded_by
  from deliveries
  left join merged_locations on merged_locations.location_id = deliveries.location_id
)
select
  moved.file_id,
  moved.location_id,
  moved.business_date,
  cast(sum(moved.receipts) as integer) as receipts,
  cast(sum(moved.total_pence) as bigint) as total_pence,
  files.is_current as counted,
  case when files.is_current then null else max(moved.superseded_by) end as superseded_by
from moved
join merged_days on merged_days.location_id = moved.location_id and merged_days.business_date = moved.business_date
join files on files.file_id = moved.file_id
group by moved.file_id, moved.location_id, moved.business_date, files.is_current;

delete from deliveries using merged_locations where merged_locations.location_id = deliveries.location_id;

delete from deliveries using merged_days
where merged_days.location_id = deliveries.location_id and merged_days.business_date = deliveries.business_date;

insert into deliveries (file_id, location_id, business_date, receipts, total_pence, counted, superseded_by)
select file_id, location_id, business_date, receipts, total_pence, counted, superseded_by
from merged_deliveries;

update location_names set location_id = merged_locations.into_id, is_main = false
from merged_locations
where merged_locations.location_id = location_names.location_id;

delete from locations using merged_locations where merged_locations.location_id = locations.location_id;

-- The names that the registry gives to cafés that are here.
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
