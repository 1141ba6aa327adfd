-- Grain: a day of the period with its counterpart: the first with the first, the second with the second. Counting pairs them
-- without date arithmetic, which no two databases write alike.
-- Reads: asked_days
with period_days as (
  select business_date, row_number() over (order by business_date) as place
  from asked_days
  where business_date between cast($from as date) and cast($to as date)
),
before_days as (
  select business_date, row_number() over (order by business_date) as place
  from asked_days
  where business_date between cast($before_from as date) and cast($before_to as date)
)
select period_days.business_date, before_days.business_date as before_date
from period_days
join before_days on before_days.place = period_days.place
