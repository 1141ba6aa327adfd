-- Grain: a café and a day asked about of which at least one delivery counts. A delivery without receipts is a delivery.
-- Reads: location_grants
select
  deliveries.location_id,
  deliveries.business_date
from deliveries
join location_grants on location_grants.location_id = deliveries.location_id
where
  deliveries.counted
  and (
    deliveries.business_date between cast($from as date) and cast($to as date)
    or deliveries.business_date between cast($before_from as date) and cast($before_to as date)
  )
group by deliveries.location_id, deliveries.business_date
