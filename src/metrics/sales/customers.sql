-- Grain: one row: different customers known by a card or token, in the period and on both sides of both comparisons, in one reading
-- of the receipts. $week_cafes and $year_cafes are the cafés compared on all of their days, as scopes are written.
-- The payment method is looked at last: filtering a text column first made the reading five times dearer.
-- Reads: location_grants
with cafes as (
  select
    location_id,
    position(',' || cast(location_id as varchar(12)) || ',' in cast($week_cafes as varchar(60000))) > 0 as in_week,
    position(',' || cast(location_id as varchar(12)) || ',' in cast($year_cafes as varchar(60000))) > 0 as in_year
  from location_grants
),
visits as (
  select
    case when transactions.payment_method = 'CARD' then transactions.customer_id end as customer_id,
    cafes.in_week,
    cafes.in_year,
    transactions.business_date between cast($from as date) and cast($to as date) as is_now,
    transactions.business_date between cast($week_from as date) and cast($week_to as date) as is_week,
    transactions.business_date between cast($year_from as date) and cast($year_to as date) as is_year
  from transactions
  join cafes on cafes.location_id = transactions.location_id
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
