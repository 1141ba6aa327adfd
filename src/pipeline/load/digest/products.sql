-- Grain: a product that somebody bought. One that only a corrected file once named is history.
select name, flavour, size, category
from products
where product_id in (select product_id from transaction_items union all select product_id from held_transaction_items)
