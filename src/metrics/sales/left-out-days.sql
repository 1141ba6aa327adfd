-- Grain: a café and day of the period that is not compared, with its counterpart.
-- Reads: compared_days
select location_id as cafe_id, business_date as date, before_date
from compared_days
where outcome <> 'compared'
order by location_id, business_date
