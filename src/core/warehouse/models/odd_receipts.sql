-- Grain: a window and a receipt by which its 13 weeks differ from the whole months nearest to them: its pence are to be added to those of
-- the months, or are below zero. The two ends are told apart because each is few days side by side, which is all that is then read.
-- Reads: counted_windows
-- Which days of a café these are: few rows, and grouped, they stay together (see window_customers).
with window_odd_days as (
  select
    counted_windows.window_no,
    counted_windows.location_id,
    thirteen_week_odd_days.is_first,
    thirteen_week_odd_days.date,
    min(thirteen_week_odd_days.sign) as sign
  from counted_windows
  join thirteen_week_odd_days on thirteen_week_odd_days.week_start = counted_windows.week_start
  where counted_windows.with_pence
  group by counted_windows.window_no, counted_windows.location_id, thirteen_week_odd_days.is_first, thirteen_week_odd_days.date
)
select
  window_odd_days.window_no,
  transactions.customer_id,
  cast(transactions.total_pence * window_odd_days.sign as double precision) as pence
from transactions
join window_odd_days
  on window_odd_days.location_id = transactions.location_id
  and window_odd_days.date = transactions.business_date
where window_odd_days.is_first
union all
select
  window_odd_days.window_no,
  transactions.customer_id,
  cast(transactions.total_pence * window_odd_days.sign as double precision)
from transactions
join window_odd_days
  on window_odd_days.location_id = transactions.location_id
  and window_odd_days.date = transactions.business_date
where not window_odd_days.is_first
