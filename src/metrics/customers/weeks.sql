-- Grain: a week of the period, and whether customers are known by a card: those with a receipt in it. Names are there where
-- $with_names is 1. Only where the year changes within a week may somebody be two, and has to be told apart.
-- Reads: location_grants, week_masks, customers_by_year
with split_weeks as (
  select week_start
  from week_masks
  group by week_start
  having count(*) > 1
)
select
  week_masks.week_start,
  customers_by_year.is_card,
  cast(count(*) as bigint) as customers
from week_masks
join customers_by_year
  on customers_by_year.year = week_masks.year
  and (
    (customers_by_year.jan_feb & week_masks.jan_feb)
    | (customers_by_year.mar_apr & week_masks.mar_apr)
    | (customers_by_year.may_jun & week_masks.may_jun)
    | (customers_by_year.jul_aug & week_masks.jul_aug)
    | (customers_by_year.sep_oct & week_masks.sep_oct)
    | (customers_by_year.nov_dec & week_masks.nov_dec)
  ) <> 0
where week_masks.week_start not in (select week_start from split_weeks)
group by week_masks.week_start, customers_by_year.is_card
union all
select
  week_masks.week_start,
  customers_by_year.is_card,
  cast(count(distinct customers_by_year.customer_id) as bigint) as customers
from week_masks
join customers_by_year
  on customers_by_year.year = week_masks.year
  and (
    (customers_by_year.jan_feb & week_masks.jan_feb)
    | (customers_by_year.mar_apr & week_masks.mar_apr)
    | (customers_by_year.may_jun & week_masks.may_jun)
    | (customers_by_year.jul_aug & week_masks.jul_aug)
    | (customers_by_year.sep_oct & week_masks.sep_oct)
    | (customers_by_year.nov_dec & week_masks.nov_dec)
  ) <> 0
where week_masks.week_start in (select week_start from split_weeks)
group by week_masks.week_start, customers_by_year.is_card
