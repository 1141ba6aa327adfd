-- Grain: a café, a day of the period and its counterpart ($shift_days later, see counterparts), and whether the two are compared.
-- This is like-for-like: is_compared is 1 only when the café delivered on both days and no bank holiday falls on just one of them.
-- Before the data begins, and without a comparison, there is no counterpart: its columns are null.
-- Every café has every day, so a counterpart is a date, and needs no calendar: a date and a whole number add up everywhere.
-- Reads: location_grants, counterparts
select
  now_days.location_id,
  location_grants.region,
  location_grants.opened_on as registered_opening,
  now_days.opened_on,
  now_days.business_date,
  counterparts.shift_days,
  now_days.business_date + counterparts.shift_days as before_date,
  now_days.state as now_state,
  before_days.state as before_state,
  now_days.bank_holiday as now_holiday,
  before_days.bank_holiday as before_holiday,
  now_days.closure_reason as now_closure_reason,
  before_days.closure_reason as before_closure_reason,
  now_days.total_pence as now_pence,
  now_days.receipts as now_receipts,
  now_days.items as now_items,
  now_days.identified_receipts as now_identified_receipts,
  now_days.identified_customers as now_identified_customers,
  before_days.total_pence as before_pence,
  before_days.receipts as before_receipts,
  before_days.items as before_items,
  before_days.identified_receipts as before_identified_receipts,
  before_days.identified_customers as before_identified_customers,
  case
    when now_days.state <> 'in' or before_days.state <> 'in' or before_days.state is null then 0
    when now_days.bank_holiday is null and before_days.bank_holiday is null then 1
    when now_days.bank_holiday is not null and before_days.bank_holiday is not null then 1
    else 0
  end as is_compared
from location_days as now_days
join location_grants on location_grants.location_id = now_days.location_id
cross join counterparts
left join location_days as before_days
  on before_days.location_id = now_days.location_id
  and before_days.business_date = now_days.business_date + counterparts.shift_days
where now_days.business_date between cast($from as date) and cast($to as date)
