-- Grain: a café, a day of the period and its counterpart, and whether the two are compared. This is like-for-like: outcome is
-- 'compared' only when the café delivered on both days and no bank holiday falls on just one of them; else it is the reason why
-- the day leaves both sides; null where the café neither traded nor should have, and without a comparison. Of a day before the data
-- begins nobody knows: it counts as not delivered, unless the café is known to have opened later.
-- Every café has every day, so a counterpart is a date, and needs no calendar: a date and a whole number add up everywhere.
-- Reads: location_grants, counterparts
with paired as (
  select
    now_days.location_id,
    location_grants.region,
    now_days.business_date,
    counterparts.shift_days,
    now_days.business_date + counterparts.shift_days as before_date,
    now_days.opened_on,
    now_days.state as now_state,
    coalesce(
      before_days.state,
      case when location_grants.opened_on > now_days.business_date + counterparts.shift_days then 'not_open' else 'missing' end
    ) as before_state,
    now_days.bank_holiday as now_holiday,
    before_days.bank_holiday as before_holiday,
    coalesce(now_days.closure_reason, before_days.closure_reason) as closure_reason,
    now_days.total_pence as now_pence,
    now_days.receipts as now_receipts,
    now_days.items as now_items,
    now_days.identified_receipts as now_identified_receipts,
    now_days.identified_customers as now_identified_customers,
    coalesce(before_days.total_pence, 0) as before_pence,
    coalesce(before_days.receipts, 0) as before_receipts,
    coalesce(before_days.items, 0) as before_items,
    coalesce(before_days.identified_receipts, 0) as before_identified_receipts,
    coalesce(before_days.identified_customers, 0) as before_identified_customers
  from location_days as now_days
  join location_grants on location_grants.location_id = now_days.location_id
  cross join counterparts
  left join location_days as before_days
    on before_days.location_id = now_days.location_id
    and before_days.business_date = now_days.business_date + counterparts.shift_days
  where now_days.business_date between cast($from as date) and cast($to as date)
)
select
  *,
  case
    when shift_days is null then null
    when now_state = 'in' and before_state = 'in' then
      case
        when now_holiday is null and before_holiday is null then 'compared'
        when now_holiday is not null and before_holiday is not null then 'compared'
        else 'bank_holiday'
      end
    when now_state not in ('in', 'missing') and before_state <> 'in' then null
    when now_state = 'missing' then 'not_delivered'
    when now_state = 'not_open' then 'closed_for_good'
    when now_state = 'closed' then 'closure'
    when before_state = 'not_open' then 'opened'
    when before_state = 'closed' then 'closure_before'
    else 'not_delivered_before'
  end as outcome
from paired
