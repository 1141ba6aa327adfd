-- Grain: a café and day from $from to $to with an unusually small delivery, latest day first; where $run_id is not null, only
-- days of which that run loaded a file that counts.
-- Reads: unusually_small
with delivered as (
  select distinct deliveries.location_id, deliveries.business_date
  from deliveries
  join files on files.file_id = deliveries.file_id
  where
    deliveries.counted
    and deliveries.business_date between cast($from as date) and cast($to as date)
    and (cast($run_id as varchar(40)) is null or files.run_id = cast($run_id as varchar(40)))
)
select
  unusually_small.location_id,
  unusually_small.name,
  unusually_small.business_date as date,
  unusually_small.receipts,
  unusually_small.usual_receipts
from unusually_small
join delivered
  on delivered.location_id = unusually_small.location_id and delivered.business_date = unusually_small.business_date
order by unusually_small.business_date desc, unusually_small.name, unusually_small.location_id
