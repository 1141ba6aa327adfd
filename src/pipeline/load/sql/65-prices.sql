-- What every touched café and day sold, by product and price; by product alone it follows from that, without the lines.

delete from daily_prices using touched_days
where touched_days.location_id = daily_prices.location_id and touched_days.business_date = daily_prices.business_date;

insert into daily_prices (location_id, business_date, product_id, price_pence, items)
select
  transaction_items.location_id,
  transaction_items.business_date,
  product_id,
  price_pence,
  cast(count(*) as integer)
from transaction_items
join touched_days
  on touched_days.location_id = transaction_items.location_id
  and touched_days.business_date = transaction_items.business_date
group by transaction_items.location_id, transaction_items.business_date, product_id, price_pence;

delete from daily_products using touched_days
where touched_days.location_id = daily_products.location_id
  and touched_days.business_date = daily_products.business_date;

insert into daily_products (location_id, business_date, product_id, items, total_pence)
select
  daily_prices.location_id,
  daily_prices.business_date,
  product_id,
  cast(sum(items) as integer),
  cast(coalesce(sum(cast(items as bigint) * price_pence), 0) as bigint)
from daily_prices
join touched_days
  on touched_days.location_id = daily_prices.location_id and touched_days.business_date = daily_prices.business_date
group by daily_prices.location_id, daily_prices.business_date, product_id;
