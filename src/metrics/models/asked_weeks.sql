-- Grain: a week, from Monday, that touches the period.
select distinct week_start
from calendar
where date between cast($from as date) and cast($to as date)
