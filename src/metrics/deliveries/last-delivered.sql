-- Grain: a café with a delivery: its latest day up to the period's end, be it long before the period.
-- Reads: location_grants
select location_days.location_id as cafe_id, max(location_days.business_date) as last_delivered_on
from location_days
join location_grants on location_grants.location_id = location_days.location_id
where location_days.state = 'in' and location_days.business_date <= cast($to as date)
group by location_days.location_id
