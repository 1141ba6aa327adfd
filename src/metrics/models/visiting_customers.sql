-- Grain: a side, a group of cafés and a customer who came, with the number of their visits: days with a receipt. Where $everybody is 0,
-- customers seen in a side's last 21 days are left out.
-- Reads: activity_sides, customer_masks
with seen as (
  select
    customer_masks.group_id,
    customer_masks.customer_id,
    customer_masks.is_card,
    customer_masks.first_on,
    activity_sides.*,
    (customer_masks.mask_0 & activity_sides.late_0)
    | (customer_masks.mask_1 & activity_sides.late_1)
    | (customer_masks.mask_2 & activity_sides.early_2)
    | (customer_masks.mask_3 & activity_sides.early_3) as outer_days,
    (customer_masks.mask_1 & activity_sides.middle_1) | (customer_masks.mask_2 & activity_sides.middle_2) as middle_days
  from customer_masks
  cross join activity_sides
),
-- Days are counted by adding up bits within ever wider fields of the masks: two bits, four, eight.
twos as (
  select
    *,
    ((outer_days & outer_recent) | (middle_days & middle_recent)) <> 0 as is_recent,
    outer_days - ((outer_days >> 1) & 6148914691236517205) as outer_twos,
    middle_days - ((middle_days >> 1) & 6148914691236517205) as middle_twos
  from seen
  where
    (outer_days | middle_days) <> 0
    and (cast($everybody as integer) = 1 or ((outer_days & outer_recent) | (middle_days & middle_recent)) = 0)
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
  *,
  cast(mod((fours & 1085102592571150095) + ((fours >> 4) & 1085102592571150095), 255) as integer) as visits
from fours
