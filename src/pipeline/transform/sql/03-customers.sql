-- From names and cards to ids: the only place that says what makes two people the same. `infinity forget` runs it too.
-- Inputs: scanned, cafes, other_cafes.

-- Grain: an identity as written that can be told apart from others, with HMAC-SHA-256 (RFC 2104) of it, of which 63 bits
-- are kept. Name and café are joined by the unit separator, which no till writes. A token bears its own prefix already.
create table identities as
-- As written: a card's number, or its text or token, or for cash a name at a café. (Spaces are nobody's name; min() keeps the
-- engine from asking that of every row, and so does finishing this step before the next.)
with written_identities as materialized (
  select 'card' as identity_basis, null as cafe_no, card_no, cast(card_no as varchar) as identity_text
  from (select distinct card_no from scanned where reason is null and payment_method = cast('CARD' as payment) and card_no is not null)
  union all
  select 'card', null, null, other_card
  from (
    select distinct other_card
    from scanned
    where reason is null and (payment_method = cast('CARD' as payment) or starts_with(other_card, 'token:')) and other_card <> ''
  )
  union all
  select 'name', coalesce(known_cafe_no, other_cafe_no) as cafe_no, null, customer_text
  from scanned
  left join other_cafes using (other_cafe)
  where reason is null and payment_method = cast('CASH' as payment) and customer_text <> ''
  group by all
  having trim(min(scanned.customer_text)) <> ''
),
normalised as (
  select
    *,
    card_no is null and identity_basis = 'card' and starts_with(identity_text, 'token:') as is_token,
    case
      when is_token or card_no is not null then identity_text
      when identity_basis = 'card' then replace(replace(identity_text, ' ', ''), '-', '')
      else trim(regexp_replace(lower(nfc_normalize(identity_text)), '\s+', ' ', 'g')) || chr(31) || lower(cafes.name)
    end as identity
  from written_identities
  left join cafes using (cafe_no)
),
-- Spreadsheets turn card numbers into 5.49E+15, and tills write None: neither is anybody's card, nor token.
usable as (
  select *
  from normalised
  where identity_basis = 'name'
    or card_no is not null
    or not is_token and regexp_full_match(identity, '[0-9]{8,19}')
    or is_token and length(identity) >= 10 and lower(identity) not in ('token:none', 'token:null', 'token:cash')
)
select
  identity_basis,
  cafe_no,
  card_no,
  identity_text,
  keyed_hash(
    $outer_key, $inner_key, case when is_token then '' else identity_basis || ':' end || identity
  ) as customer_hash
from usable;
