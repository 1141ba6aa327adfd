-- Receipts as they leave the process: no names, no cards, no text of the row. The lines are already written as Parquet.

-- Grain: a receipt that has lines. A line without a price leaves its receipt unreconciled.
create table baskets as
select
  receipt_no,
  cast(count(*) as smallint) as item_count,
  case when count(price_pence) = count(*) then cast(sum(price_pence) as bigint) end as items_pence
from read_parquet({{items}})
group by receipt_no;

-- Grain: a receipt.
create view out_transactions as
select
  receipt_no,
  scanned.file_no,
  cast(scan_order - first_order + 1 + header_rows as integer) as row_number,
  cafe_no,
  occurred_at,
  cast(occurred_at - to_minutes((select day_starts_minutes from batch_settings)) as date) as business_date,
  cast(extract(hour from occurred_at) as smallint) as hour,
  total_pence,
  payment_method,
  coalesce(card_customers.customer_no, name_customers.customer_no) as customer_no,
  coalesce(item_count, cast(0 as smallint)) as item_count,
  coalesce(items_pence = total_pence, not has_prices or item_count is null and total_pence = 0) and not incomplete
    as reconciled
from scanned
join batch_files using (file_no)
join file_starts using (file_no)
join cafes on cafes.name = scanned.cafe_name
-- The payment is part of the key and not a condition beside it: such a condition makes this join many times slower.
left join card_customers
  on card_customers.card_text = case when payment_method = 'CARD' or starts_with(scanned.card_text, 'token:') then scanned.card_text end
left join name_customers
  on name_customers.customer_text = case payment_method when 'CASH' then scanned.customer_text end
  and name_customers.cafe_name = scanned.cafe_name
-- Every basket has items: asking says to the engine that these are the smaller side, to be looked up by the larger one.
left join (select * from baskets where item_count > 0) as baskets using (receipt_no)
where scanned.reason is null;
