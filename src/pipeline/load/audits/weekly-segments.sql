-- 13 weeks of a café in weekly_segments that are not what the receipts say. Grain: a café, 13 weeks, whether customers are known by a card,
-- whether they are new, a segment and a number of visits; empty means pass.
with bounds as (
  select max(business_date) as newest_on
  from deliveries
  where counted
),
sundays as (
  select calendar.week_start, calendar.date - 90 as from_on, calendar.date as to_on
  from calendar
  join bounds on calendar.date <= bounds.newest_on and bounds.newest_on - calendar.date < 98
  where calendar.weekday = 7
),
weeks as (
  select
    transactions.location_id,
    transactions.customer_id,
    customers.identity_basis = 'card' as is_card,
    calendar.week_start,
    count(distinct transactions.business_date) as days,
    min(transactions.business_date) as first_on,
    max(transactions.business_date) as last_on,
    cast(sum(transactions.total_pence) as bigint) as pence
  from transactions
  join customers on customers.customer_id = transactions.customer_id
  join calendar on calendar.date = transactions.business_date
  group by transactions.location_id, transactions.customer_id, customers.identity_basis = 'card', calendar.week_start
),
firsts as (
  select location_id, customer_id, min(first_on) as first_on
  from weeks
  group by location_id, customer_id
),
seen as (
  select
    weeks.location_id,
    sundays.week_start,
    sundays.from_on,
    sundays.to_on,
    weeks.customer_id,
    weeks.is_card,
    sum(weeks.days) as visits,
    max(weeks.last_on) as last_on,
    cast(sum(weeks.pence) as bigint) as pence
  from weeks
  join sundays on weeks.week_start between sundays.from_on and sundays.to_on
  group by weeks.location_id, sundays.week_start, sundays.from_on, sundays.to_on, weeks.customer_id, weeks.is_card
),
spans as (
  select
    seen.location_id,
    seen.week_start,
    seen.is_card,
    cast(seen.visits as bigint) as visits,
    seen.pence,
    seen.to_on - firsts.first_on < 28 as is_new,
    seen.to_on - seen.last_on as days_absent,
    seen.last_on - case when firsts.first_on > seen.from_on then firsts.first_on else seen.from_on end + 1 as days_coming
  from seen
  join firsts on firsts.location_id = seen.location_id and firsts.customer_id = seen.customer_id
),
-- Gone quiet: at least once a week while they came, and not for three weeks. Slipping away: not for six.
segments as (
  select
    *,
    case
      when visits >= 4 and days_absent >= 21 and cast(visits as double precision) / days_coming >= 1 / 7.0 - 0.0000001 then
        case when days_absent >= 42 then 8 when days_absent >= 28 then 7 else 6 end
      when visits >= 3 and days_absent >= 42 then 5
      when visits = 1 then 4
      when visits < 6 then 2
      when visits < 12 then 1
      else 0
    end as segment_no,
    -- A month is 365 / 12 days.
    floor(cast(pence as double precision) * 365 / (12 * case when days_coming < 28 then 28 else days_coming end) + 0.5) as worth
  from spans
),
expected as (
  select
    location_id,
    week_start,
    is_card,
    is_new,
    segment_no,
    visits,
    cast(count(*) as bigint) as customers,
    cast(sum(pence) as bigint) as total_pence,
    cast(sum(case when segment_no >= 6 then worth else 0 end) as bigint) as worth_pence,
    cast(1 as bigint) as copies
  from segments
  group by location_id, week_start, is_card, is_new, segment_no, visits
),
kept as (
  select
    location_id,
    week_start,
    is_card,
    is_new,
    segment_no,
    visits,
    customers,
    total_pence,
    worth_pence,
    count(*) as copies
  from weekly_segments
  group by location_id, week_start, is_card, is_new, segment_no, visits, customers, total_pence, worth_pence
),
{{difference}}
