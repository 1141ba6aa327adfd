-- The receipts, lines, deliveries and names of the cafés in merged_locations move to the café they are. While it is empty, these
-- statements do nothing.

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
