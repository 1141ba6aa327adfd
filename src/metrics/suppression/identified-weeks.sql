-- Grain: a week up to the period's end in which a customer of the cafés asked about was identified, latest first.
-- Reads: location_grants
select calendar.week_start
from location_days
join location_grants on location_grants.location_id = location_days.location_id
join calendar on calendar.date = location_days.business_date
where location_days.identified_receipts > 0 and location_days.business_date <= cast($to as date)
group by calendar.week_start
order by calendar.week_start desc
