-- Grain: a café, week and whether customers are known by a card.
select locations.name as cafe, week_start, is_card, customers
from weekly_customers
join locations on locations.location_id = weekly_customers.location_id
