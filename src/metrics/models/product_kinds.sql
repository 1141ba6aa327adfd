-- Grain: a product with its kind: a name and a flavour, all sizes of which have the lowest product_id of them as kind_id.
select
  product_id,
  name,
  flavour,
  size,
  category,
  min(product_id) over (partition by name, coalesce(flavour, '')) as kind_id
from products
