-- Grain: a product of those in $products (ids, each between commas) and a day: items sold.
-- Reads: location_grants
select daily_products.product_id, daily_products.business_date as date, cast(sum(daily_products.items) as bigint) as items
from daily_products
join location_grants on location_grants.location_id = daily_products.location_id
where
  daily_products.business_date between cast($from as date) and cast($to as date)
  and position(',' || cast(daily_products.product_id as varchar(12)) || ',' in cast($products as varchar(60000))) > 0
group by daily_products.product_id, daily_products.business_date
