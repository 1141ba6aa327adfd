-- Grain: a week of the period: receipts and sales, and how many of them were paid by a card or token that tells who it was.
-- Reads: location_grants
select
  calendar.week_start,
  cast(sum(daily_sales.receipts) as bigint) as receipts,
  cast(sum(daily_sales.identified_receipts) as bigint) as identified_receipts,
  cast(sum(daily_sales.total_pence) as bigint) as total_pence,
  cast(sum(daily_sales.identified_pence) as bigint) as identified_pence
from daily_sales
join location_grants on location_grants.location_id = daily_sales.location_id
join calendar on calendar.date = daily_sales.business_date
where daily_sales.business_date between cast($from as date) and cast($to as date)
group by calendar.week_start
order by calendar.week_start
