-- Grain: a day, 2000 to 2049. Numbers come from crossed digits: the shared SQL has no series function.
insert into calendar (
  date, year, month, day, weekday, weekday_name, week_start, month_start, bank_holiday_england_wales,
  bank_holiday_scotland, bank_holiday_northern_ireland
)
with digits as (
  select 0 as digit union all select 1 union all select 2 union all select 3 union all select 4
  union all select 5 union all select 6 union all select 7 union all select 8 union all select 9
),
days as (
  select
    date '2000-01-01'
      + cast(ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit + 10000 * myriads.digit as integer) as date
  from digits as ones
  cross join digits as tens
  cross join digits as hundreds
  cross join digits as thousands
  cross join (select digit from digits where digit < 2) as myriads
),
-- Monday is 1 and Sunday 7, as in ISO 8601.
numbered as (
  select date, cast(mod(cast(extract(dow from date) as integer) + 6, 7) + 1 as integer) as weekday
  from days
  where date < date '2050-01-01'
),
by_nation as (
  select
    date,
    max(case when nation = 'england_wales' then name end) as england_wales,
    max(case when nation = 'scotland' then name end) as scotland,
    max(case when nation = 'northern_ireland' then name end) as northern_ireland
  from bank_holidays
  group by date
)
select
  numbered.date,
  cast(extract(year from numbered.date) as smallint),
  cast(extract(month from numbered.date) as smallint),
  cast(extract(day from numbered.date) as smallint),
  cast(weekday as smallint),
  case weekday
    when 1 then 'Monday' when 2 then 'Tuesday' when 3 then 'Wednesday' when 4 then 'Thursday'
    when 5 then 'Friday' when 6 then 'Saturday' else 'Sunday'
  end,
  numbered.date - (weekday - 1),
  cast(date_trunc('month', numbered.date) as date),
  england_wales,
  scotland,
  northern_ireland
from numbered
left join by_nation on by_nation.date = numbered.date
