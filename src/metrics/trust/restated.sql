-- Grain: a day of the period with figures corrected by a later file, latest first.
-- Reads: restated_days
select business_date as date, cast(count(*) as bigint) as cafes
from restated_days
where business_date between cast($from as date) and cast($to as date)
group by business_date
order by business_date desc
