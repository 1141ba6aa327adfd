-- Products and customers seen for the first time, and the keys of all that the accepted files name. Whoever
-- asked to be forgotten is no customer: transform leaves them out as well, but a batch may be older than the asking.

create temp table location_keys as
select cafe_no, location_id
from incoming_cafes
join location_names on location_names.name = incoming_cafes.name;

-- Grain: a product of the batch that nobody has heard of. Apart, because lines need to be looked at only where there is one.
create temp table new_products as
select incoming_products.product_no, incoming_products.name, incoming_products.flavour, incoming_products.size,
  incoming_products.category
from incoming_products
left join products
  on products.name = incoming_products.name
  and products.size = incoming_products.size
  and coalesce(products.flavour, '') = coalesce(incoming_products.flavour, '')
where products.product_id is null;

insert into products (product_id, name, flavour, size, category)
select
  cast((select coalesce(max(product_id), 0) from products) + row_number() over (order by product_no) as integer),
  name,
  flavour,
  size,
  category
from new_products
where product_no in (
    select product_no
    from incoming_items
    join accepted_files on accepted_files.file_no = incoming_items.file_no
  );

create temp table product_keys as
select product_no, product_id
from incoming_products
join products
  on products.name = incoming_products.name
  and products.size = incoming_products.size
  and coalesce(products.flavour, '') = coalesce(incoming_products.flavour, '');

-- Grain: a customer of the batch, with the id they have here or would get now. New ones come first, so that ids are dense. Who is in
-- an accepted file is entered once it is known when and where they came (62-customers).
create temp table customer_keys as
select
  incoming_customers.customer_no,
  incoming_customers.customer_hash,
  incoming_customers.identity_basis,
  customers.customer_id is null as is_new,
  cast(
    coalesce(
      customers.customer_id,
      (select coalesce(max(customer_id), 0) from customers)
        + row_number() over (
          order by case when customers.customer_id is null then 0 else 1 end, incoming_customers.customer_no
        )
    ) as integer
  ) as customer_id
from incoming_customers
left join customers
  on customers.customer_hash = incoming_customers.customer_hash
  and customers.identity_basis = incoming_customers.identity_basis
where incoming_customers.customer_hash not in (select customer_hash from suppressed_customers);
