-- Grain: a row of a file, typed, with why it was refused; added to `scanned`.
-- Input: the rows in braces below: file_no, scan_order and the till's columns as text. One scan is one till format.
insert into scanned
with trimmed as (
  select
    file_no,
    scan_order,
    trim(time) as time_text,
    trim(cafe) as cafe_name,
    trim(customer) as customer_text,
    trim(card) as card_text,
    basket as basket_text,
    replace(replace(trim(total), '£', ''), ',', '') as total_text,
    upper(trim(payment)) as payment_text
  from {{rows}}
),
typed as (
  select
    *,
    try_strptime(time_text, $time_formats) as occurred_at,
    -- A cast to DECIMAL would read 1e2 and 1_000 as numbers; no till means that.
    case when total_text similar to '[-+0-9.]*' then try_cast(total_text as decimal(18, 4)) end as total,
    case
      when list_contains($card_words, payment_text) then 'CARD'
      when list_contains($cash_words, payment_text) then 'CASH'
    end as payment_method
  from trimmed
)
select
  file_no,
  scan_order,
  occurred_at,
  cafe_name,
  customer_text,
  case when $card_has_type then trim(split_part(card_text, ',', -1)) else card_text end as card_text,
  basket_text,
  $basket_grammar as basket_grammar,
  case when abs(total) < 1000000 then cast(total * 100 as integer) end as total_pence,
  payment_method,
  case
    when occurred_at is null then 'row_time_unreadable'
    when occurred_at < timestamp '2000-01-01' or occurred_at > $latest_time then 'row_time_impossible'
    when cafe_name is null or cafe_name = '' then 'row_cafe_missing'
    when total is null then 'row_total_unreadable'
    when abs(total) >= 1000000 then 'row_total_too_large'
    when total * 100 <> trunc(total * 100) then 'row_total_not_pence'
    when total < 0 and not $refunds then 'row_total_negative'
    when payment_method is null then 'row_payment_unknown'
  end as reason
from typed
