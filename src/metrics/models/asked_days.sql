-- Grain: a day of the period ($from to $to) or of its comparison ($before_from to $before_to; null when there is none).
select date as business_date, weekday
from calendar
where
  date between cast($from as date) and cast($to as date)
  or date between cast($before_from as date) and cast($before_to as date)
