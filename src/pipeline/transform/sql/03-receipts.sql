-- From typed rows to receipts without names and cards.

-- Grain: a file that has rows. first_order is the scan order of its first row; the careful reader numbers from 1 itself.
create table file_starts as
select file_no, case when bool_or(read_carefully) then 1 else min(scan_order) end as first_order
from scanned
join batch_files using (file_no)
group by file_no;

-- Grain: a café as the tills of this batch write it.
create table cafes as
select cast(row_number() over (order by name) as integer) as cafe_no, name
from (select distinct cafe_name as name from scanned where reason is null);

-- Grain: an identity as written: a card number, or for cash a name at a café.
-- The name is joined to its café by the unit separator, which no till writes.
create table identities as
with written as (
  select distinct
    case payment_method when 'CARD' then 'card' else 'name' end as identity_basis,
    case payment_method when 'CARD' then card_text else customer_text || chr(31) || cafe_name end as identity_text
  from scanned
  where reason is null
    and case payment_method when 'CARD' then card_text else customer_text end <> ''
),
normalised as (
  select
    *,
    case identity_basis
      when 'card' then replace(replace(identity_text, ' ', ''), '-', '')
      else trim(regexp_replace(lower(nfc_normalize(identity_text)), '\s+', ' ', 'g'))
    end as identity
  from written
),
-- Spreadsheets turn card numbers into 5.49E+15, and tills write None: neither is anybody's card.
usable as (
  select *
  from normalised
  where identity_basis = 'name' or regexp_full_match(identity, '[0-9]{8,19}')
)
-- HMAC-SHA-256 (RFC 2104) of the identity, of which 63 bits are kept.
select
  identity_basis,
  identity_text,
  cast(
    cast('0x' || substr(sha256($outer_key || unhex(sha256($inner_key || encode(identity_basis || ':' || identity)))), 1, 16) as ubigint) >> 1
    as bigint
  ) as customer_hash
from usable;

-- Grain: a customer.
create table customers as
select cast(row_number() over () as integer) as customer_no, customer_hash, min(identity_basis) as identity_basis
from identities
group by customer_hash;

-- Grain: an identity as written, with its customer.
create table identity_customers as
select identity_basis, identity_text, customer_no
from identities
join customers using (customer_hash, identity_basis);

-- Grain: a receipt.
create table receipts as
select
  cast(row_number() over () as integer) as receipt_no,
  scanned.file_no,
  cast(scan_order - first_order + 1 + header_rows as integer) as row_number,
  cafe_no,
  occurred_at,
  cast(occurred_at - to_minutes(cast($day_starts_minutes as integer)) as date) as business_date,
  cast(extract(hour from occurred_at) as smallint) as hour,
  total_pence,
  payment_method,
  customer_no,
  customer_text,
  basket_text,
  basket_grammar
from scanned
join batch_files using (file_no)
join file_starts using (file_no)
join cafes on cafes.name = scanned.cafe_name
left join identity_customers
  on identity_customers.identity_basis = case payment_method when 'CARD' then 'card' else 'name' end
  and identity_customers.identity_text = case payment_method when 'CARD' then card_text else customer_text || chr(31) || cafe_name end
where scanned.reason is null;
