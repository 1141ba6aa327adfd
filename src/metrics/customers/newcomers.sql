-- Grain: a week of the period or of the comparison, and whether customers are known by a card: those whose first receipt at the
-- cafés asked about is in it.
-- Reads: customer_firsts
select calendar.week_start, customer_firsts.is_card, cast(count(*) as bigint) as customers
from customer_firsts
join calendar on calendar.date = customer_firsts.first_on
where
  customer_firsts.first_on between cast($from as date) and cast($to as date)
  or customer_firsts.first_on between cast($before_from as date) and cast($before_to as date)
group by calendar.week_start, customer_firsts.is_card
order by calendar.week_start, customer_firsts.is_card
