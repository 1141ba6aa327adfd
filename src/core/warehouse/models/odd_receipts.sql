-- Grain: a window and a receipt by which its 13 weeks differ from the whole months nearest to them: its pence are to be added to those of
-- the months, or are below zero. The two ends are told apart because each is few days side by side, which is all that is then read.
-- Reads: counted_windows
select counted_windows.window_no, transactions.customer_id, cast(transactions.total_pence * odd_days.sign as double precision) as pence
from transactions
join thirteen_week_odd_days as odd_days on odd_days.date = transactions.business_date
join counted_windows
  on counted_windows.location_id = transactions.location_id
  and counted_windows.week_start = odd_days.week_start
where odd_days.is_first and counted_windows.with_pence
union all
select counted_windows.window_no, transactions.customer_id, cast(transactions.total_pence * odd_days.sign as double precision)
from transactions
join thirteen_week_odd_days as odd_days on odd_days.date = transactions.business_date
join counted_windows
  on counted_windows.location_id = transactions.location_id
  and counted_windows.week_start = odd_days.week_start
where not odd_days.is_first and counted_windows.with_pence
