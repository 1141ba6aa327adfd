-- For tills whose rows are receipts.
-- Grain: a row of a file, typed, with why it was refused; added to `scanned`.
-- Input, in braces below: the rows: file_no, scan_order, their place in this scan (ordinal) and the till's columns as text; and whether
-- they are put together first. One scan is one till format.
-- Trimming costs more than all the rest, and hardly a till pads its cells: so it is done only where the cell as it is says
-- nothing. Names and cards are trimmed once for each distinct one (03-customers).
-- The engine hands on what it reads file by file, and all that follows has a cost by the portion: to put the rows of small files together
-- saves a quarter of reading a hundred receipts a file. It takes as much memory as their text.
insert into scanned_rows
with till_rows as {{materialized}} {{rows}},
parted as (
  select
    file_no,
    scan_order,
    ordinal,
    time,
    cafe,
    customer,
    case $card_kind
      when 'number' then card
      when 'token' then 'token:' || nullif(trim(card), '')
      else trim(split_part(card, ',', -1))
    end as card_text,
    basket,
    parts_of(basket, $basket_grammar) as basket_parts,
    total as total_text,
    payment
  from till_rows
),
typed as (
  select
    *,
    coalesce(try_strptime(time, $time_formats), try_strptime(trim(time), $time_formats)) as occurred_at,
    coalesce(try_cast(cafe as known_cafe), try_cast(trim(cafe) as known_cafe)) as known_cafe,
    try_cast(card_text as bigint) as number_read,
    -- Most amounts are plain as they are, and need to be looked at once only.
    case
      when $money_style = '1,234.56' and is_exact(total_text) then try_cast(total_text as decimal(18, 4))
      else amount_of(plain_amount(total_text, $money_style))
    end as total,
    case
      when payment = $card_word then cast('CARD' as payment)
      when payment = $cash_word then cast('CASH' as payment)
      when list_contains($card_words, upper(trim(payment))) then cast('CARD' as payment)
      when list_contains($cash_words, upper(trim(payment))) then cast('CASH' as payment)
    end as payment_method,
    [
      cast(enum_code(text) as integer) * 4 + $grammar_no
      for text in try_cast(texts_of(basket_parts, basket, $basket_grammar) as known_text[])
    ] as line_nos
  from parted
),
-- 1e15, +7, 007 and -4000000000000002 can be read as numbers and are written otherwise: they stay what they are. Eight digits are
-- the least that a card has.
carded as (
  select
    *,
    case when number_read >= 10000000 and cast(number_read as varchar) = card_text then number_read end as card_no
  from typed
)
select
  cast($receipts_before + ordinal as integer) as receipt_no,
  file_no,
  case
    when occurred_at is null then 'row_time_unreadable'
    when occurred_at < timestamp '2000-01-01' or occurred_at > $latest_time then case when lacks_century(occurred_at) then 'row_time_unreadable' else 'row_time_impossible' end
    when known_cafe is null and coalesce(trim(cafe), '') = '' then 'row_cafe_missing'
    when total is null then unread_total(plain_amount(total_text, $money_style))
    when abs(total) >= 1000000 then 'row_total_too_large'
    when total % 0.01 <> 0 then 'row_total_not_pence'
    when total < 0 and not $refunds then 'row_total_negative'
    when payment_method is null then 'row_payment_unknown'
    when len(line_nos) > most_lines() then 'row_too_many_items'
  end as reason,
  {
    'scan_order': scan_order,
    'occurred_at': occurred_at,
    'known_cafe': known_cafe,
    'other_cafe': case when known_cafe is null then trim(cafe) end,
    'customer_text': customer,
    'card_no': card_no,
    'card_text': case when card_no is null then card_text end,
    'line_nos': line_nos,
    'unread_basket': case when list_position(line_nos, null) is not null then basket end,
    'total_pence': case when abs(total) < 1000000 then cast(total * 100 as integer) end,
    'payment_method': payment_method,
    'incomplete': false
  } as cells
from carded
