-- From baskets to lines. A line's text is read once per distinct text, then joined back: far fewer than lines.

-- Grain: a line of a receipt, as text. A view: written down it would be the largest thing in memory.
create view lines as
with parted as (
  select
    receipt_no,
    scanned.file_no,
    cafe_no,
    cast(occurred_at - to_minutes((select day_starts_minutes from batch_settings)) as date) as business_date,
    basket_grammar,
    basket_text,
    string_split(basket_text, ',') as parts
  from scanned
  join batch_files using (file_no)
  join cafes on cafes.name = scanned.cafe_name
  where scanned.reason is null and basket_text <> ''
),
listed as (
  select
    * exclude (parts, basket_text),
    case
      when basket_grammar = 'list' then parts
      -- A basket that is not whole triples is one line, which stays unrecognised.
      when len(parts) % 3 <> 0 then [basket_text]
      else [parts[i] || ',' || parts[i + 1] || ',' || parts[i + 2] for i in range(1, len(parts), 3)]
    end as line_texts
  from parted
)
select
  * exclude (line_texts),
  unnest(line_texts) as line_text,
  generate_subscripts(line_texts, 1) as line_number
from listed;
