-- Cafés, products and customers that are there twice, and receipts and lines that name one that is not there.
-- Grain: a fault; empty means pass.
with receipts as (
  select transaction_id, location_id, customer_id, is_identified from transactions
  union all
  select transaction_id, location_id, customer_id, is_identified from held_transactions
),
lines as (
  select transaction_id, product_id from transaction_items
  union all
  select transaction_id, product_id from held_transaction_items
)
select 'café twice' as fault, name as what from locations group by name having count(*) > 1
union all
select 'name of a café twice', name from location_names group by name having count(*) > 1
union all
select 'café without one main name', locations.name
from locations
where (
    select count(*)
    from location_names
    where location_names.location_id = locations.location_id and location_names.is_main
  ) <> 1
union all
select 'name of no café', name from location_names where location_id not in (select location_id from locations)
union all
select 'product twice', name || ' ' || coalesce(flavour, '') || ' ' || size
from products
group by name, coalesce(flavour, ''), size
having count(*) > 1
union all
select 'customer twice', cast(customer_hash as varchar) from customers group by customer_hash, identity_basis having count(*) > 1
union all
select 'receipt twice', cast(transaction_id as varchar) from receipts group by transaction_id having count(*) > 1
union all
select 'no such café', cast(transaction_id as varchar)
from receipts
where location_id not in (select location_id from locations)
union all
select 'no such customer', cast(transaction_id as varchar)
from receipts
where customer_id is not null and customer_id not in (select customer_id from customers)
union all
select 'identified by something else than is said', cast(receipts.transaction_id as varchar)
from receipts
left join customers on customers.customer_id = receipts.customer_id
where receipts.is_identified <> coalesce(customers.identity_basis = 'card', false)
union all
select 'no such product', cast(transaction_id as varchar)
from lines
where product_id not in (select product_id from products)
union all
select 'line without a receipt', cast(transaction_id as varchar)
from lines
where transaction_id not in (select transaction_id from receipts)
