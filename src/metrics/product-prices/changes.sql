-- Grain: a change of a product's usual price: the price at which most of it was sold on a day, the lower of two alike. Prices that
-- were the usual one for fewer than $fewest_days days in a row are passed over. first_on to last_on is how long the new price was
-- the usual one, before_first_on when the one before began, as far as the days read reach.
-- Reads: location_grants
with sold as (
  select
    daily_prices.product_id,
    daily_prices.business_date,
    daily_prices.price_pence,
    sum(daily_prices.items) as items
  from daily_prices
  join location_grants on location_grants.location_id = daily_prices.location_id
  where
    daily_prices.business_date between cast($from as date) and cast($to as date)
    and daily_prices.price_pence is not null
  group by daily_prices.product_id, daily_prices.business_date, daily_prices.price_pence
),
ranked as (
  select
    product_id,
    business_date,
    price_pence,
    row_number() over (partition by product_id, business_date order by items desc, price_pence) as place
  from sold
),
marked as (
  select
    product_id,
    business_date,
    price_pence,
    case
      when lag(price_pence) over (partition by product_id order by business_date) = price_pence then 0
      else 1
    end as begins
  from ranked
  where place = 1
),
numbered as (
  select
    product_id,
    business_date,
    price_pence,
    sum(begins) over (partition by product_id order by business_date rows unbounded preceding) as run_number
  from marked
),
lasting as (
  select product_id, price_pence, min(business_date) as first_on, max(business_date) as last_on
  from numbered
  group by product_id, price_pence, run_number
  having count(*) >= cast($fewest_days as integer)
),
paired as (
  select
    product_id,
    price_pence,
    first_on,
    last_on,
    lag(price_pence) over (partition by product_id order by first_on) as before_pence,
    lag(first_on) over (partition by product_id order by first_on) as before_first_on
  from lasting
)
select
  paired.product_id,
  products.name,
  products.flavour,
  products.size,
  paired.before_pence,
  paired.price_pence,
  paired.first_on,
  paired.last_on,
  paired.before_first_on
from paired
join products on products.product_id = paired.product_id
where paired.before_pence <> paired.price_pence
