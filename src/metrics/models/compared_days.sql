-- Grain: a café and day of the period with its counterpart, where one of the two traded or should have: compared, or why not.
-- Reads: paired_days
select *
from paired_days
where outcome is not null
