-- Cafés that the registry says are one: what they have moves to the one that stays, as if every file had been loaded under
-- its name. What stays together though the registry parts it, waits for a rebuild: receipts do not say which name they had.

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
