-- Grain: a café and business day of which at least one delivery counts. A delivery without receipts is a delivery.
-- Reads: location_grants
select
  deliveries.location_id,
  deliveries.business_date
from deliveries
join location_grants on location_grants.location_id = deliveries.location_id
where deliveries.counted
group by deliveries.location_id, deliveries.business_date
