-- Grain: a customer who is to be forgotten. No names and no cards, ever: only the id, and the name of the keys that made it.
create table if not exists suppressed_customers (
  customer_hash integer primary key,
  key_fingerprint text not null,
  settled integer not null
) strict, without rowid;
