-- From rows that are items to receipts, added to `scanned`; then the same steps as for every other till.

-- Grain: an item row, with its place in the file, header included.
create table placed_rows as
select
  item_rows.*,
  case
    when numbered_in_file then scan_order
    else scan_order - first_order + 1 + header_rows
  end as row_number,
  cast(occurred_at - to_minutes((select day_starts_minutes from batch_settings)) as date) as sold_on
from item_rows
join batch_files using (file_no)
join (
  select file_no, min(scan_order) as first_order
  from (select file_no, scan_order from item_rows union all select file_no, scan_order from skipped_rows) as rows
  group by file_no
) as starts using (file_no);

-- Grain: an item row, with what its receipt is told by.
create table grouped_rows as
-- With a receipt number: number, café and business day, where a row that does not say takes them from the number's rows
-- before it, else from those after it. Hardly a till leaves them out, so only numbers with such rows are put in order.
with numbered as (
  select * from placed_rows where receipt_text is not null
),
gaps as (
  select distinct file_no, receipt_text from numbered where cafe_name is null or sold_on is null
),
told as (
  select *, 0 as run, cafe_name as receipt_cafe, sold_on as receipt_day
  from numbered
  anti join gaps using (file_no, receipt_text)
),
filled as (
  select
    *,
    0 as run,
    coalesce(
      cafe_name,
      last_value(cafe_name ignore nulls) over before,
      first_value(cafe_name ignore nulls) over after
    ) as receipt_cafe,
    coalesce(
      sold_on,
      last_value(sold_on ignore nulls) over before,
      first_value(sold_on ignore nulls) over after
    ) as receipt_day
  from numbered
  semi join gaps using (file_no, receipt_text)
  window
    before as (partition by file_no, receipt_text order by row_number rows between unbounded preceding and 1 preceding),
    after as (partition by file_no, receipt_text order by row_number rows between 1 following and unbounded following)
),
-- Without: rows that follow each other and say the same of all but the item are one run. A faulty row stands alone.
following as (
  select
    *,
    case
      when lag(file_no) over in_order is null or reason is not null or lag(reason) over in_order is not null then 1
      when (time_text, cafe_name, customer_text, card_text, payment_method) is distinct from (
        lag(time_text) over in_order, lag(cafe_name) over in_order, lag(customer_text) over in_order,
        lag(card_text) over in_order, lag(payment_method) over in_order
      ) then 1
      -- Some tills write the total on one row of the receipt only.
      when total_pence <> lag(total_pence) over in_order then 1
      else 0
    end as starts_run
  from placed_rows
  where receipt_text is null
  window in_order as (partition by file_no order by row_number)
),
runs as (
  select
    * exclude (starts_run),
    sum(starts_run) over (partition by file_no order by row_number rows unbounded preceding) as run,
    null as receipt_cafe,
    null as receipt_day
  from following
)
select * from told
union all
select * from filled
union all
select * from runs;

-- Grain: a row that could not be read well enough to know its receipt.
create table lost_rows as
select file_no, row_number from unsplit_rows
union all
select file_no, row_number from grouped_rows where reason is not null and (not has_receipt_column or receipt_text is null);

-- Grain: a receipt. Its first row's word counts; a row that contradicts it on payment, card or total refuses the receipt.
-- Its total is what the till says was paid, else what its lines add up to. A total of ours is doubtful (incomplete) where
-- the row before or after could not be read: it may have been one more line.
insert into scanned_rows
with receipts as (
  select
    file_no,
    min(row_number) as first_row,
    min(occurred_at) as occurred_at,
    arg_min(cafe_name, row_number) as cafe_name,
    arg_min(customer_text, row_number) as customer_text,
    arg_min(card_text, row_number) as card_text,
    coalesce(arg_min(payment_method, row_number), first(default_payment)) as payment_method,
    string_agg(line_texts, chr(30) order by row_number) as basket_text,
    sum(line_count) as lines,
    max(total_pence) as paid_pence,
    case when count(line_pence) = count(*) then sum(line_pence) end as lines_pence,
    arg_min(reason, row_number) as row_reason,
    arg_min(item_reason, row_number) as item_reason,
    min(row_number) filter (where reason is not null) as faulty_row,
    min(row_number) filter (where item_reason is not null) as faulty_item,
    count(distinct payment_method) > 1 or count(distinct card_text) > 1 or count(distinct total_pence) > 1 as disagrees,
    bool_or(refunds) as refunds,
    bool_or(lost_rows.file_no is not null) as beside_lost
  from grouped_rows
  left join (
    select distinct lost.file_no, lost.row_number + side as row_number
    from lost_rows as lost
    cross join (values (-1), (1)) as sides (side)
  ) as lost_rows using (file_no, row_number)
  group by file_no, run, receipt_text, receipt_cafe, receipt_day
),
judged as (
  select
    *,
    coalesce(paid_pence, lines_pence) as total,
    case
      when row_reason is not null then row_reason
      when occurred_at is null then 'row_time_unreadable'
      when cafe_name is null then 'row_cafe_missing'
      when payment_method is null then 'row_payment_unknown'
      when disagrees then 'row_receipt_disagrees'
      when lines > most_lines() then 'row_too_many_items'
      when paid_pence is null and lines_pence is null then coalesce(item_reason, 'row_total_unreadable')
      when abs(coalesce(paid_pence, lines_pence)) >= 100000000 then 'row_total_too_large'
      when coalesce(paid_pence, lines_pence) < 0 and not refunds then 'row_total_negative'
    end as reason
  from receipts
)
select
  cast($receipts_before + row_number() over (order by file_no, first_row) as integer) as receipt_no,
  file_no,
  reason,
  {
    'scan_order': case
      when reason = row_reason then faulty_row
      when reason = item_reason then faulty_item
      else first_row
    end,
    'occurred_at': occurred_at,
    'known_cafe': try_cast(cafe_name as known_cafe),
    'other_cafe': case when try_cast(cafe_name as known_cafe) is null then cafe_name end,
    'customer_text': customer_text,
    'card_text': card_text,
    'unread_basket': basket_text,
    'total_pence': case when abs(total) < 100000000 then cast(total as integer) end,
    'payment_method': payment_method,
    'incomplete': paid_pence is null and beside_lost
  } as cells
from judged;

update batch_files
set numbered_in_file = true, header_rows = 0
where file_no in (select file_no from item_rows);

drop table lost_rows;
drop table grouped_rows;
drop table placed_rows;
drop table item_rows
