-- Which days of location_days are to be told again.

-- Grain: a day, for all cafés: something about it has changed for one of them, or it was not told of before, or is no longer due.
-- News of the registry, and a café that opened on another day than was known, change them all.
-- Reads: opened_cafes, delivered_span
create temp table stale_dates as
with told_span as (
  select min(business_date) as first_on, max(business_date) as last_on
  from location_days
),
told_openings as (
  select location_id, min(opened_on) as opened_on
  from location_days
  group by location_id
),
news_for_all as (
  select news
  from registry_news
  union all
  select 'opening'
  from opened_cafes
  join told_openings on told_openings.location_id = opened_cafes.location_id
  where coalesce(opened_cafes.opened_on, date '1900-01-01') <> coalesce(told_openings.opened_on, date '1900-01-01')
),
changed_dates as (
  select business_date from touched_days
  union
  select business_date from refused_dates
  union
  select coalesce(quarantine.business_date, files.key_date)
  from quarantine
  join accepted_files on accepted_files.file_id = quarantine.file_id
  join files on files.file_id = quarantine.file_id
),
dated as (
  select
    calendar.date,
    coalesce(calendar.date between told_span.first_on and told_span.last_on, false) as is_told,
    coalesce(calendar.date between delivered_span.first_on and delivered_span.last_on, false) as is_due
  from calendar
  cross join told_span
  cross join delivered_span
)
select dated.date
from dated
left join changed_dates on changed_dates.business_date = dated.date
where (dated.is_told or dated.is_due)
  and (
    not (dated.is_told and dated.is_due)
    or changed_dates.business_date is not null
    or (select count(*) from news_for_all) > 0
  );
