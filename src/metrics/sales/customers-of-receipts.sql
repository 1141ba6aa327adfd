-- Grain: one row: different customers known by a card or token, in the period and on both sides of both comparisons, in one reading
-- of the receipts. $week_cafes and $year_cafes are the cafés that are compared, as scopes are written; $week_left_out and
-- $year_left_out their days that are not, of either side, as ',12:2026-03-03,'.
-- The payment method is looked at last: filtering a text column first made the reading five times dearer.
-- Reads: location_grants
with asked_days as (
  select
    date as business_date,
    cast(date as varchar(10)) as day_name,
    date between cast($from as date) and cast($to as date) as is_now,
    date between cast($week_from as date) and cast($week_to as date) as is_week,
    date between cast($year_from as date) and cast($year_to as date) as is_year
  from calendar
  where
    date between cast($from as date) and cast($to as date)
    or date between cast($week_from as date) and cast($week_to as date)
    or date between cast($year_from as date) and cast($year_to as date)
),
cafes as (
  select
    location_id,
    cast(location_id as varchar(12)) as cafe_name,
    position(',' || cast(location_id as varchar(12)) || ',' in cast($week_cafes as varchar(60000))) > 0 as in_week,
    position(',' || cast(location_id as varchar(12)) || ',' in cast($year_cafes as varchar(60000))) > 0 as in_year
  from location_grants
),
cafe_days as (
  select
    cafes.location_id,
    asked_days.business_date,
    asked_days.is_now,
    asked_days.is_week,
    asked_days.is_year,
    cafes.in_week
      and position(',' || cafe_name || ':' || day_name || ',' in cast($week_left_out as varchar(60000))) = 0 as in_week,
    cafes.in_year
      and position(',' || cafe_name || ':' || day_name || ',' in cast($year_left_out as varchar(60000))) = 0 as in_year
  from cafes
  cross join asked_days
),
visits as (
  select
    case when transactions.payment_method = 'CARD' then transactions.customer_id end as customer_id,
    cafe_days.in_week,
    cafe_days.in_year,
    cafe_days.is_now,
    cafe_days.is_week,
    cafe_days.is_year
  from transactions
  join cafe_days
    on cafe_days.location_id = transactions.location_id
    and cafe_days.business_date = transactions.business_date
  where
    transactions.business_date between cast($from as date) and cast($to as date)
    or transactions.business_date between cast($week_from as date) and cast($week_to as date)
    or transactions.business_date between cast($year_from as date) and cast($year_to as date)
)
select
  cast(count(distinct case when is_now then customer_id end) as bigint) as customers,
  cast(count(distinct case when is_now and in_week then customer_id end) as bigint) as week_now,
  cast(count(distinct case when is_week and in_week then customer_id end) as bigint) as week_before,
  cast(count(distinct case when is_now and in_year then customer_id end) as bigint) as year_now,
  cast(count(distinct case when is_year and in_year then customer_id end) as bigint) as year_before
from visits
