-- Grain: a group of cafés, whether customers are known by a card, a month of first receipts and a month with receipts: the
-- customers. The first 31 bits of a mask are its first month. Customers are counted by the pattern of their months before
-- months are looked at one by one: there are far fewer patterns than customers.
-- Reads: customer_groups, customer_firsts
with years as (
  select
    customer_groups.group_id,
    customer_years.customer_id,
    customer_years.year,
    bit_or(customer_years.jan_feb) as jan_feb,
    bit_or(customer_years.mar_apr) as mar_apr,
    bit_or(customer_years.may_jun) as may_jun,
    bit_or(customer_years.jul_aug) as jul_aug,
    bit_or(customer_years.sep_oct) as sep_oct,
    bit_or(customer_years.nov_dec) as nov_dec
  from customer_years
  join customer_groups on customer_groups.location_id = customer_years.location_id
  where customer_years.last_on >= cast($from as date)
  group by customer_groups.group_id, customer_years.customer_id, customer_years.year
),
patterns as (
  select
    customer_firsts.group_id,
    customer_firsts.is_card,
    calendar.month_start as first_month,
    years.year,
    case when (years.jan_feb & 2147483647) = 0 then 0 else 1 end
      + case when (years.jan_feb & 4611686016279904256) = 0 then 0 else 2 end
      + case when (years.mar_apr & 2147483647) = 0 then 0 else 4 end
      + case when (years.mar_apr & 4611686016279904256) = 0 then 0 else 8 end
      + case when (years.may_jun & 2147483647) = 0 then 0 else 16 end
      + case when (years.may_jun & 4611686016279904256) = 0 then 0 else 32 end
      + case when (years.jul_aug & 2147483647) = 0 then 0 else 64 end
      + case when (years.jul_aug & 4611686016279904256) = 0 then 0 else 128 end
      + case when (years.sep_oct & 2147483647) = 0 then 0 else 256 end
      + case when (years.sep_oct & 4611686016279904256) = 0 then 0 else 512 end
      + case when (years.nov_dec & 2147483647) = 0 then 0 else 1024 end
      + case when (years.nov_dec & 4611686016279904256) = 0 then 0 else 2048 end as months,
    count(*) as customers
  from customer_firsts
  join calendar on calendar.date = customer_firsts.first_on
  join years on years.group_id = customer_firsts.group_id and years.customer_id = customer_firsts.customer_id
  where customer_firsts.first_on between cast($from as date) and cast($to as date)
  group by 1, 2, 3, 4, 5
),
months as (
  select date as month_start, year, 1 << cast(month - 1 as integer) as month_bit
  from calendar
  where day = 1 and date between cast($from as date) and cast($to as date)
)
select
  patterns.group_id,
  patterns.is_card,
  patterns.first_month as first_visit,
  months.month_start as seen_in,
  cast(sum(patterns.customers) as bigint) as customers
from patterns
join months
  on months.year = patterns.year
  and months.month_start >= patterns.first_month
  and (patterns.months & months.month_bit) <> 0
group by patterns.group_id, patterns.is_card, patterns.first_month, months.month_start
order by patterns.group_id, patterns.is_card, patterns.first_month, months.month_start
