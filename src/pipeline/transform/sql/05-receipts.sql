-- Receipts as they leave the process: no names, no cards, no text of the row.

-- Grain: one row: the price of every line number, from 0. More than any receipt is, where a line has no price: no total is that.
create table line_prices as
select list(cast(coalesce(price_pence, 1000000000000) as bigint) order by line_no) as prices
from range((select coalesce(max(line_no), 0) + 1 from line_keys)) as places (line_no)
left join line_keys using (line_no);

-- Grain: a receipt. A line without a price leaves it unreconciled.
create view out_transactions as
with counted as (
  select
    * exclude (line_nos),
    cast(coalesce(len(line_nos), 0) as smallint) as item_count,
    coalesce(list_sum([prices[line_no + 1] for line_no in line_nos]), 0) as items_pence
  from receipts
  cross join line_prices
)
select
  receipt_no,
  counted.file_no,
  cast(scan_order - first_order + 1 + header_rows as integer) as row_number,
  counted.cafe_no,
  occurred_at,
  business_date,
  cast(extract(hour from occurred_at) as smallint) as hour,
  total_pence,
  payment_method,
  coalesce(card_customers.customer_no, other_card_customers.customer_no, name_customers.customer_no) as customer_no,
  item_count,
  (not has_prices or items_pence = total_pence) and not incomplete as reconciled
from counted
join batch_files using (file_no)
join file_starts using (file_no)
-- The payment is part of the key and not a condition beside it: such a condition makes this join many times slower. It is compared
-- as what it is: with a word, the engine would write each out first.
left join card_customers
  on card_customers.card_no = case when payment_method = cast('CARD' as payment) then counted.card_no end
left join other_card_customers
  on other_card_customers.other_card = case when payment_method = cast('CARD' as payment) or starts_with(counted.other_card, 'token:') then counted.other_card end
left join name_customers
  on name_customers.customer_text = case when payment_method = cast('CASH' as payment) then counted.customer_text end
  and name_customers.cafe_no = counted.cafe_no;
