-- From names and cards to ids: the only place that says what makes two people the same. `infinity forget` runs it too.

-- No café is called by a card number: in such a row the columns have slipped. (min() changes nothing: it keeps the engine from
-- asking this of every row, and not of every name.)
create table impossible_cafes as
with names as (
  select min(cafe_name) as cafe_name from scanned where reason is null group by scanned.cafe_name
)
select cafe_name
from names
where length(cafe_name) > 200 or regexp_matches(cafe_name, '[0-9](?:[^0-9A-Za-z]{0,2}[0-9]){6,}');

update scanned_rows
set reason = 'row_cafe_missing'
where reason is null and cells.cafe_name in (select cafe_name from impossible_cafes);

-- Grain: a file that has rows. first_order is the scan order of its first row; some rows bear their place in the file already.
create table file_starts as
select file_no, case when bool_or(numbered_in_file) then 1 else min(scan_order) end as first_order
from scanned
join batch_files using (file_no)
group by file_no;

-- Grain: a café as the tills of this batch write it.
create table cafes as
select cast(row_number() over (order by name) as integer) as cafe_no, name
from (select distinct cafe_name as name from scanned where reason is null);

-- Grain: an identity as written: a card number or its token, or for cash a name at a café. (Spaces are nobody's name; min() again
-- keeps the engine from asking this of every row.)
create table written_identities as
select 'card' as identity_basis, null as cafe_name, card_text as identity_text
from (select distinct card_text from scanned where reason is null and (payment_method = 'CARD' or starts_with(card_text, 'token:')) and card_text <> '')
union all
select 'name' as identity_basis, cafe_name, customer_text as identity_text
from scanned
where reason is null and payment_method = 'CASH' and customer_text <> ''
group by cafe_name, customer_text
having trim(min(scanned.customer_text)) <> '';

-- Grain: an identity as written that can be told apart from others, with HMAC-SHA-256 (RFC 2104) of it, of which 63 bits
-- are kept. Name and café are joined by the unit separator, which no till writes. A token bears its own prefix already.
create table identities as
with normalised as (
  select
    *,
    identity_basis = 'card' and starts_with(identity_text, 'token:') as is_token,
    case
      when is_token then identity_text
      when identity_basis = 'card' then replace(replace(identity_text, ' ', ''), '-', '')
      else trim(regexp_replace(lower(nfc_normalize(identity_text)), '\s+', ' ', 'g')) || chr(31) || lower(cafe_name)
    end as identity
  from written_identities
),
-- Spreadsheets turn card numbers into 5.49E+15, and tills write None: neither is anybody's card, nor token.
usable as (
  select *
  from normalised
  where identity_basis = 'name'
    or not is_token and regexp_full_match(identity, '[0-9]{8,19}')
    or is_token and length(identity) >= 10 and lower(identity) not in ('token:none', 'token:null', 'token:cash')
)
select
  identity_basis,
  cafe_name,
  identity_text,
  keyed_hash(
    $outer_key, $inner_key, case when is_token then '' else identity_basis || ':' end || identity
  ) as customer_hash
from usable;
