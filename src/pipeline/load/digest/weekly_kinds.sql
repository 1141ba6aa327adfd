-- Grain: a café, week and kind of product: a name and a flavour.
select locations.name as cafe, week_start, products.name, products.flavour, receipts, baskets
from weekly_kinds
join locations on locations.location_id = weekly_kinds.location_id
join products on products.product_id = weekly_kinds.kind_id
