-- For tills that write one row for each item.
-- Grain: a row of a file, typed, with what is wrong with it; added to `item_rows`.
-- Input, in braces below, as of receipts (02-scan-receipts): the rows, and whether they are put together first.
insert into item_rows
with till_rows as {{materialized}} {{rows}},
trimmed as (
  select
    file_no,
    scan_order,
    cell_text(receipt) as receipt_text,
    cell_text(time) as time_text,
    try_strptime(time_text, $time_formats) as read_at,
    cell_text(cafe) as cafe_name,
    cell_text(customer) as customer_text,
    cell_text(card) as card_text,
    upper(cell_text(payment)) as payment_text,
    cell_text(total) as total_text,
    -- These characters part lines and their fields below.
    cell_text(translate(product, chr(30) || chr(31), '  ')) as product_name,
    cell_text(translate(flavour, chr(30) || chr(31), '  ')) as flavour,
    lower(cell_text(translate(size, chr(30) || chr(31), '  '))) as size_word,
    cell_text(quantity) as quantity_text,
    cell_text(price) as price_text
  from till_rows
),
typed as (
  select
    *,
    case when not lacks_century(read_at) then read_at end as occurred_at,
    amount_of(plain_amount(total_text, $money_style)) as total,
    amount_of(plain_amount(price_text, $money_style)) * 100 as price,
    case
      when quantity_text is null then 1
      when quantity_text similar to '-?[0-9]{1,3}([.,]0*)?' then cast(regexp_extract(quantity_text, '^-?[0-9]+') as integer)
    end as quantity,
    case
      when list_contains($card_words, payment_text) then 'CARD'
      when list_contains($cash_words, payment_text) then 'CASH'
    end as payment_method,
    case
      when not $has_size_column then ''
      when size_word is null or list_contains($standard_words, size_word) then 'standard'
      when list_contains($regular_words, size_word) then 'regular'
      when list_contains($large_words, size_word) then 'large'
      -- Not one of the till's words: the line will be unrecognised, and show it.
      else '?' || size_word
    end as size
  from trimmed
),
priced as (
  select
    *,
    case
      when $price_of = 'none' then null
      when quantity is null then 'row_quantity_unreadable'
      when price is null or price <> trunc(price) or abs(price) >= 100000000 then 'row_price_unreadable'
    end as item_reason
  from typed
),
counted as (
  select
    *,
    -- A line we cannot count is one line; a quantity of nothing is no line, unless something was paid for it.
    case
      when quantity = 0 and $price_of = 'line' and price <> 0 then 1
      else coalesce(abs(quantity), 1)
    end as line_count,
    case when item_reason is null and $price_of = 'item' then cast(price * sign(quantity) as bigint) end as pence_each,
    case when item_reason is null and $price_of = 'line' then cast(price as bigint) end as pence_of_all
  from priced
)
select
  file_no,
  scan_order,
  $has_receipt_column as has_receipt_column,
  receipt_text,
  time_text,
  occurred_at,
  cafe_name,
  customer_text,
  case $card_kind
    when 'number' then card_text
    when 'token' then 'token:' || card_text
    else trim(split_part(card_text, ',', -1))
  end as card_text,
  payment_method,
  case when abs(total) < 1000000 then cast(total * 100 as integer) end as total_pence,
  line_count,
  -- One line for each of the quantity: size, name, flavour, price. A price for all of them is dealt out in whole pence.
  nullif(
    array_to_string(
      [
        size || chr(31) || coalesce(product_name, '') || chr(31) || case when $has_flavour_column then coalesce(flavour, '') else '?' end || chr(31) || 'p' || coalesce(
          cast(
            coalesce(
              pence_each,
              cast(sign(pence_of_all) as bigint)
              * (abs(pence_of_all) // line_count + case when i < abs(pence_of_all) % line_count then 1 else 0 end)
            ) as varchar
          ),
          ''
        )
        for i in range(line_count)
      ],
      chr(30)
    ),
    ''
  ) as line_texts,
  case when line_count = 0 then 0 else coalesce(pence_each * line_count, pence_of_all) end as line_pence,
  case
    when $has_receipt_column and receipt_text is null then 'row_receipt_missing'
    when time_text is not null and occurred_at is null then 'row_time_unreadable'
    when occurred_at < timestamp '2000-01-01' or occurred_at > $latest_time then 'row_time_impossible'
    when total_text is not null and total is null then unread_total(plain_amount(total_text, $money_style))
    when abs(total) >= 1000000 then 'row_total_too_large'
    when total * 100 <> trunc(total * 100) then 'row_total_not_pence'
    when payment_text is not null and payment_method is null then 'row_payment_unknown'
  end as reason,
  item_reason,
  nullif($silent_payment, '') as default_payment,
  $refunds as refunds
from counted
