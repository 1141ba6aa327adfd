-- Grain: a café and day of the period with its counterpart, and whether the two are compared. This is like-for-like: outcome is
-- 'compared' only when the café delivered on both days and no bank holiday falls on just one of them; else it is the reason why
-- the day leaves both sides. Days on which the café neither traded nor should have are not here. Of a day before the data begins
-- nobody knows: it counts as not delivered, unless the café is known to have opened later.
-- Reads: cafe_days, day_pairs
with paired as (
  select
    now_days.location_id,
    now_days.name,
    now_days.region,
    now_days.opened_on,
    now_days.closed_on,
    now_days.business_date,
    day_pairs.before_date,
    now_days.state as now_state,
    coalesce(
      before_days.state,
      case when now_days.registered_opening > day_pairs.before_date then 'not_open' else 'missing' end
    ) as before_state,
    now_days.bank_holiday as now_holiday,
    before_days.bank_holiday as before_holiday,
    coalesce(now_days.closure_reason, before_days.closure_reason) as closure_reason,
    now_days.pence as now_pence,
    now_days.receipts as now_receipts,
    now_days.items as now_items,
    now_days.identified_receipts as now_identified_receipts,
    now_days.identified_customers as now_identified_customers,
    coalesce(before_days.pence, 0) as before_pence,
    coalesce(before_days.receipts, 0) as before_receipts,
    coalesce(before_days.items, 0) as before_items,
    coalesce(before_days.identified_receipts, 0) as before_identified_receipts,
    coalesce(before_days.identified_customers, 0) as before_identified_customers
  from day_pairs
  join cafe_days as now_days on now_days.business_date = day_pairs.business_date
  left join cafe_days as before_days
    on before_days.business_date = day_pairs.before_date
    and before_days.location_id = now_days.location_id
)
select
  *,
  case
    when now_state = 'in' and before_state = 'in' then
      case
        when now_holiday is null and before_holiday is null then 'compared'
        when now_holiday is not null and before_holiday is not null then 'compared'
        else 'bank_holiday'
      end
    when now_state = 'missing' then 'not_delivered'
    when now_state = 'not_open' then 'closed_for_good'
    when now_state = 'closed' then 'closure'
    when before_state = 'not_open' then 'opened'
    when before_state = 'closed' then 'closure_before'
    else 'not_delivered_before'
  end as outcome
from paired
where now_state in ('in', 'missing') or before_state = 'in'
