-- How many different customers came to a café in a week, counted again for every week this load touched: by a customer's masks, not
-- from receipts.

-- Grain: a café, a week that this load touched and a year it has days in, with the masks of those days (see customer_years).
create temp table touched_weeks as
with weeks as (
  select distinct touched_days.location_id, calendar.week_start
  from touched_days
  join calendar on calendar.date = touched_days.business_date
)
select
  weeks.location_id,
  weeks.week_start,
  day_bits.year,
  count(*) < 7 as is_split,
  bit_or(day_bits.jan_feb) as jan_feb,
  bit_or(day_bits.mar_apr) as mar_apr,
  bit_or(day_bits.may_jun) as may_jun,
  bit_or(day_bits.jul_aug) as jul_aug,
  bit_or(day_bits.sep_oct) as sep_oct,
  bit_or(day_bits.nov_dec) as nov_dec
from weeks
join calendar on calendar.week_start = weeks.week_start
join day_bits on day_bits.date = calendar.date
group by weeks.location_id, weeks.week_start, day_bits.year;

delete from weekly_customers using touched_weeks
where touched_weeks.location_id = weekly_customers.location_id and touched_weeks.week_start = weekly_customers.week_start;

-- Only where the year changes within a week may somebody be two rows, and has to be told apart.
insert into weekly_customers (location_id, week_start, is_card, customers)
with came as (
  select touched_weeks.location_id, touched_weeks.week_start, touched_weeks.is_split, customer_years.is_card, customer_years.customer_id
  from customer_years
  join touched_weeks
    on touched_weeks.location_id = customer_years.location_id
    and touched_weeks.year = customer_years.year
  where (
    (customer_years.jan_feb & touched_weeks.jan_feb)
    | (customer_years.mar_apr & touched_weeks.mar_apr)
    | (customer_years.may_jun & touched_weeks.may_jun)
    | (customer_years.jul_aug & touched_weeks.jul_aug)
    | (customer_years.sep_oct & touched_weeks.sep_oct)
    | (customer_years.nov_dec & touched_weeks.nov_dec)
  ) <> 0
)
select location_id, week_start, is_card, cast(count(*) as integer)
from came
where not is_split
group by location_id, week_start, is_card
union all
select location_id, week_start, is_card, cast(count(distinct customer_id) as integer)
from came
where is_split
group by location_id, week_start, is_card;
