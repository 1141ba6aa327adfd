-- Grain: a day of the period with figures corrected by a later file, latest first.
-- Reads: cafe_days
select business_date as date, cast(count(*) as bigint) as cafes
from cafe_days
where restated
group by business_date
order by business_date desc
