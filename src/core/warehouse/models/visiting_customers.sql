-- Grain: as window_customers, with the number of visits: days with a receipt.
-- Reads: window_customers
-- Days are counted by adding up bits within ever wider fields of the masks: two bits, four, eight.
with twos as (
  select
    window_customers.*,
    window_customers.outer_days - ((window_customers.outer_days >> 1) & 6148914691236517205) as outer_twos,
    window_customers.middle_days - ((window_customers.middle_days >> 1) & 6148914691236517205) as middle_twos
  from window_customers
),
fours as (
  select
    *,
    (outer_twos & 3689348814741910323) + ((outer_twos >> 2) & 3689348814741910323)
    + (middle_twos & 3689348814741910323) + ((middle_twos >> 2) & 3689348814741910323) as fours
  from twos
)
-- Eights in a row, each less than 256, are the digits of a number in base 256: modulo 255 they add up.
select
  window_no,
  week_start,
  customer_id,
  is_card,
  first_on,
  outer_days,
  middle_days,
  pence,
  cast(mod((fours & 1085102592571150095) + ((fours >> 4) & 1085102592571150095), 255) as integer) as visits
from fours
