-- Grain: a kind of product: a name and a flavour.
-- Reads: product_kinds
select kind_id, name, flavour, category
from product_kinds
where product_id = kind_id
