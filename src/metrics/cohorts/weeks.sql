-- Grain: a group of cafés, whether customers are known by a card, a week of first receipts and a week with receipts: the customers.
-- Reads: customer_groups, customer_firsts, week_masks
with newcomers as (
  select
    customer_firsts.group_id,
    customer_firsts.customer_id,
    customer_firsts.is_card,
    calendar.week_start as first_week
  from customer_firsts
  join calendar on calendar.date = customer_firsts.first_on
  where customer_firsts.first_on between cast($from as date) and cast($to as date)
)
select
  newcomers.group_id,
  newcomers.is_card,
  newcomers.first_week as first_visit,
  week_masks.week_start as seen_in,
  cast(count(distinct newcomers.customer_id) as bigint) as customers
from newcomers
join customer_groups on customer_groups.group_id = newcomers.group_id
join customer_years
  on customer_years.customer_id = newcomers.customer_id
  and customer_years.location_id = customer_groups.location_id
join week_masks
  on week_masks.year = customer_years.year
  and week_masks.week_start >= newcomers.first_week
  and (
    (customer_years.jan_feb & week_masks.jan_feb)
    | (customer_years.mar_apr & week_masks.mar_apr)
    | (customer_years.may_jun & week_masks.may_jun)
    | (customer_years.jul_aug & week_masks.jul_aug)
    | (customer_years.sep_oct & week_masks.sep_oct)
    | (customer_years.nov_dec & week_masks.nov_dec)
  ) <> 0
group by newcomers.group_id, newcomers.is_card, newcomers.first_week, week_masks.week_start
order by newcomers.group_id, newcomers.is_card, newcomers.first_week, week_masks.week_start
