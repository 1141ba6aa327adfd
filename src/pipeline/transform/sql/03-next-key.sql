-- What a rotation of the keys adds: ids go through every later key in turn.
update identities
set customer_hash = next_customer_hash($outer_key, $inner_key, customer_hash);
