-- Takes the customers in suppressed_customers out of the warehouse. Their receipts stay, without a customer; the roll-ups of
-- the days in touched_days are made again afterwards.

create temp table forgotten_customers as
select customer_id
from customers
where customer_hash in (select customer_hash from suppressed_customers);

create temp table touched_days as
select distinct location_id, business_date
from transactions
where customer_id in (select customer_id from forgotten_customers);

update transactions
set customer_id = null, is_identified = false
where customer_id in (select customer_id from forgotten_customers);

update held_transactions
set customer_id = null, is_identified = false
where customer_id in (select customer_id from forgotten_customers);

delete from customer_years where customer_id in (select customer_id from forgotten_customers);

delete from customers where customer_id in (select customer_id from forgotten_customers);

-- Nobody else's first day moves.
create temp table earlier_first_days (location_id integer not null, customer_id integer not null, first_on date not null);

create temp table stale_dates as
select distinct business_date as date
from touched_days;
