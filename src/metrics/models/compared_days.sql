-- Grain: a café and day of the period with its counterpart, where one of the two traded or should have; outcome is 'compared', or the
-- reason why the day leaves both sides. Of a day before the data begins nobody knows: it counts as not delivered, unless the café is
-- known to have opened later.
-- Reads: paired_days
with known_days as (
  select
    *,
    coalesce(before_state, case when registered_opening > before_date then 'not_open' else 'missing' end) as known_before_state
  from paired_days
  where shift_days is not null and (now_state in ('in', 'missing') or before_state = 'in')
)
select
  location_id,
  opened_on,
  business_date,
  shift_days,
  before_date,
  now_state,
  coalesce(now_holiday, before_holiday) as holiday,
  coalesce(now_closure_reason, before_closure_reason) as closure_reason,
  now_pence,
  now_receipts,
  now_items,
  now_identified_receipts,
  now_identified_customers,
  coalesce(before_pence, 0) as before_pence,
  coalesce(before_receipts, 0) as before_receipts,
  coalesce(before_items, 0) as before_items,
  coalesce(before_identified_receipts, 0) as before_identified_receipts,
  coalesce(before_identified_customers, 0) as before_identified_customers,
  case
    when is_compared = 1 then 'compared'
    when now_state = 'missing' then 'not_delivered'
    when now_state = 'not_open' then 'closed_for_good'
    when now_state = 'closed' then 'closure'
    when known_before_state = 'in' then 'bank_holiday'
    when known_before_state = 'not_open' then 'opened'
    when known_before_state = 'closed' then 'closure_before'
    else 'not_delivered_before'
  end as outcome
from known_days
