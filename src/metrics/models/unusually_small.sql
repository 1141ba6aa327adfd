-- Grain: a café and a day from $from to $to with a delivery that is unusually small: under a third of the receipts usual for that
-- café and weekday, so that somebody should look whether the file was cut off. Usual is the mean over the ordinary days (delivered,
-- without a bank holiday or a planned closure) among the same weekday of the eight weeks before. Only ordinary days are judged,
-- empty ones too, and only against four or more of a mean of 20 or more: with fewer, chance alone comes to a third (of a Poisson
-- mean of 20, one day in 4,000 does). The mean is rounded half up by floor, since round does not say the same everywhere.
-- location_days has every day of every café, so a café's eight rows of a weekday before one are its eight weeks before. Weekdays are
-- told by how many days lie between, which needs no calendar.
-- Reads: location_grants
with cafe_weekdays as (
  select
    location_grants.location_id,
    location_grants.name,
    location_grants.region,
    location_days.business_date,
    mod(location_days.business_date - cast($from as date) + 56, 7) as weekday,
    case
      when location_days.state = 'in' and location_days.bank_holiday is null and location_days.closure_reason is null
        then location_days.receipts
    end as ordinary_receipts
  from location_days
  join location_grants on location_grants.location_id = location_days.location_id
  where location_days.business_date between cast($from as date) - 56 and cast($to as date)
),
with_weeks_before as (
  select
    *,
    count(ordinary_receipts) over (
      partition by location_id, weekday order by business_date rows between 8 preceding and 1 preceding
    ) as days_before,
    cast(
      sum(ordinary_receipts) over (
        partition by location_id, weekday order by business_date rows between 8 preceding and 1 preceding
      ) as bigint
    ) as receipts_before
  from cafe_weekdays
)
select
  location_id,
  name,
  region,
  business_date,
  ordinary_receipts as receipts,
  cast(floor(cast(receipts_before as double precision) / days_before + 0.5) as integer) as usual_receipts
from with_weeks_before
where
  business_date >= cast($from as date)
  and days_before >= 4
  and receipts_before >= 20 * days_before
  and 3 * ordinary_receipts * days_before < receipts_before
