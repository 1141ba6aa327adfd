-- From ids to customers: after this step nothing needs names and cards any more. Inputs: identities, and the ids of those
-- who asked to be forgotten, whose receipts stay without a customer.

-- Grain: one row: the name of the chain of keys that made the ids.
create table batch_keys as select $key_fingerprint as key_fingerprint;

-- Grain: a customer.
create table customers as
select
  cast(row_number() over () as integer) as customer_no,
  customer_hash,
  min(identity_basis) as identity_basis
from identities
where customer_hash not in (select customer_hash from suppressed_customers)
group by customer_hash;

create table card_customers as
select card_no, customer_no
from identities
join customers using (customer_hash)
where card_no is not null;

create table other_card_customers as
select identity_text as other_card, customer_no
from identities
join customers using (customer_hash)
where identities.identity_basis = 'card' and card_no is null;

create table name_customers as
select cafe_no, identity_text as customer_text, customer_no
from identities
join customers using (customer_hash)
where identities.identity_basis = 'name';
