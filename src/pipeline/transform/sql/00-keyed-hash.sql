-- The first 63 bits of HMAC-SHA-256 (RFC 2104) of a text. The engine has no HMAC: the two padded keys are bound.
create macro keyed_hash(outer_key, inner_key, text) as cast(
  cast('0x' || substr(sha256(outer_key || unhex(sha256(inner_key || encode(text)))), 1, 16) as ubigint) >> 1
  as bigint
);

-- A customer's id under the next key of the chain, from the id under the keys before it.
create macro next_customer_hash(outer_key, inner_key, customer_hash) as
  keyed_hash(outer_key, inner_key, 'id:' || cast(customer_hash as varchar));
