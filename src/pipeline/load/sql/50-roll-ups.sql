-- The figures of every café and day this load touched, made again from its receipts.

delete from daily_sales using touched_days
where touched_days.location_id = daily_sales.location_id and touched_days.business_date = daily_sales.business_date;

insert into daily_sales (
  location_id, business_date, receipts, items, total_pence, card_receipts, identified_receipts, identified_items,
  identified_pence, identified_customers, reconciled_receipts
)
select
  transactions.location_id,
  transactions.business_date,
  cast(count(*) as integer),
  cast(sum(item_count) as integer),
  cast(sum(total_pence) as bigint),
  cast(sum(case when payment_method = 'CARD' then 1 else 0 end) as integer),
  cast(sum(case when is_identified then 1 else 0 end) as integer),
  cast(sum(case when is_identified then item_count else 0 end) as integer),
  cast(sum(case when is_identified then total_pence else 0 end) as bigint),
  cast(count(distinct case when is_identified then customer_id end) as integer),
  cast(sum(case when reconciled then 1 else 0 end) as integer)
from transactions
join touched_days
  on touched_days.location_id = transactions.location_id and touched_days.business_date = transactions.business_date
group by transactions.location_id, transactions.business_date;

delete from hourly_sales using touched_days
where touched_days.location_id = hourly_sales.location_id and touched_days.business_date = hourly_sales.business_date;

insert into hourly_sales (location_id, business_date, hour, receipts, items, total_pence)
select
  transactions.location_id,
  transactions.business_date,
  hour,
  cast(count(*) as integer),
  cast(sum(item_count) as integer),
  cast(sum(total_pence) as bigint)
from transactions
join touched_days
  on touched_days.location_id = transactions.location_id and touched_days.business_date = transactions.business_date
group by transactions.location_id, transactions.business_date, hour;
