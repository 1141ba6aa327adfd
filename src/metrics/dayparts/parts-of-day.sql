-- Grain: a part of the day.
-- Reads: dayparts
select from_hour, to_hour
from dayparts
order by from_hour
