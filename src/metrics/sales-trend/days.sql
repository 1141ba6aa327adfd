-- Grain: a day of the period with its counterpart: everything delivered on each, and the like-for-like part of both.
-- Pence are whole; null where nothing was delivered, or nothing can be compared.
-- Reads: cafe_days, day_pairs, compared_days
with day_totals as (
  select
    business_date,
    sum(case when state in ('in', 'missing') then 1 else 0 end) as days_expected,
    sum(case when state = 'in' then 1 else 0 end) as days_in,
    sum(case when state = 'in' then pence end) as pence,
    sum(case when state = 'in' then receipts end) as receipts
  from cafe_days
  group by business_date
),
compared_totals as (
  select business_date, sum(now_pence) as now_pence, sum(before_pence) as before_pence
  from compared_days
  where outcome = 'compared'
  group by business_date
)
select
  day_totals.business_date as date,
  day_pairs.before_date,
  cast(day_totals.days_expected as bigint) as days_expected,
  cast(day_totals.days_in as bigint) as days_in,
  cast(day_totals.pence as bigint) as pence,
  cast(day_totals.receipts as bigint) as receipts,
  cast(before_totals.pence as bigint) as comparison_pence,
  cast(compared_totals.now_pence as bigint) as now_compared_pence,
  cast(compared_totals.before_pence as bigint) as before_compared_pence
from day_totals
left join day_pairs on day_pairs.business_date = day_totals.business_date
left join day_totals as before_totals on before_totals.business_date = day_pairs.before_date
left join compared_totals on compared_totals.business_date = day_totals.business_date
where day_totals.business_date between cast($from as date) and cast($to as date)
order by day_totals.business_date
