-- Cafés, products and customers seen for the first time, and the keys of all that the accepted files name. Whoever
-- asked to be forgotten is no customer: transform leaves them out as well, but a batch may be older than the asking.

insert into locations (location_id, name, region, country, latitude, longitude, placed)
select
  cast((select coalesce(max(location_id), 0) from locations) + row_number() over (order by name) as integer),
  name,
  region,
  country,
  latitude,
  longitude,
  placed
from incoming_cafes
where cafe_no in (
    select cafe_no
    from incoming_deliveries
    join accepted_files on accepted_files.file_no = incoming_deliveries.file_no
  )
  and not exists (select 1 from locations where locations.name = incoming_cafes.name);

create temp table location_keys as
select cafe_no, location_id
from incoming_cafes
join locations on locations.name = incoming_cafes.name;

insert into products (product_id, name, flavour, size, category)
select
  cast((select coalesce(max(product_id), 0) from products) + row_number() over (order by product_no) as integer),
  name,
  flavour,
  size,
  category
from incoming_products
where product_no in (
    select product_no
    from incoming_items
    join accepted_files on accepted_files.file_no = incoming_items.file_no
  )
  and not exists (
    select 1
    from products
    where products.name = incoming_products.name
      and products.size = incoming_products.size
      and coalesce(products.flavour, '') = coalesce(incoming_products.flavour, '')
  );

create temp table product_keys as
select product_no, product_id
from incoming_products
join products
  on products.name = incoming_products.name
  and products.size = incoming_products.size
  and coalesce(products.flavour, '') = coalesce(incoming_products.flavour, '');

insert into customers (customer_id, customer_hash, identity_basis)
select
  cast((select coalesce(max(customer_id), 0) from customers) + row_number() over (order by customer_no) as integer),
  customer_hash,
  identity_basis
from incoming_customers
where customer_no in (
    select customer_no
    from incoming_transactions
    join accepted_files on accepted_files.file_no = incoming_transactions.file_no
  )
  and customer_hash not in (select customer_hash from suppressed_customers)
  and not exists (
    select 1
    from customers
    where customers.customer_hash = incoming_customers.customer_hash
      and customers.identity_basis = incoming_customers.identity_basis
  );

create temp table customer_keys as
select customer_no, customer_id
from incoming_customers
join customers
  on customers.customer_hash = incoming_customers.customer_hash
  and customers.identity_basis = incoming_customers.identity_basis
where customers.customer_hash not in (select customer_hash from suppressed_customers);
