-- Grain: a side: is_now is 1 for the period ($from to $to, 13 weeks at most), 0 for the weeks before it, where they are asked about
-- ($before_from, else null). It has the masks of its days, as many of its last 21 days, and the first days of the months.
-- Two months share a mask (see day_bits). 13 weeks have days in three at most: late, middle and early. Of those in the first and in the
-- last, which are 32 at most where there are days in three, no two have the same bit: so one number holds both, outer_days. Which of
-- the four masks of customer_masks these are, differs between the sides: so a side has days of all, zero where it has none, and nothing
-- has to be chosen for every customer.
-- All of it is bound (customer-activity/sides.ts): worked out here from day_bits, it was a tenth of an answer's time, and nobody could
-- tell how few rows these are, on which the order of the joins depends.
select
  1 as is_now,
  cast($from as date) as from_on,
  cast($to as date) as to_on,
  case when cast($to as date) - 27 >= cast($new_known_from as date) then cast($to as date) - 27 end as new_from,
  cast($now_late as bigint) as late,
  cast($now_late as bigint) as late_0,
  cast(0 as bigint) as late_1,
  cast($now_middle as bigint) as middle_1,
  cast(0 as bigint) as middle_2,
  cast($now_early as bigint) as early_2,
  cast(0 as bigint) as early_3,
  cast($now_outer_recent as bigint) as outer_recent,
  cast($now_middle_recent as bigint) as middle_recent,
  cast($pair_0_first as date) as late_first,
  cast($pair_0_second as date) as late_second,
  cast($pair_1_first as date) as middle_first,
  cast($pair_1_second as date) as middle_second,
  cast($pair_2_first as date) as early_first,
  cast($pair_2_second as date) as early_second
union all
select
  0 as is_now,
  cast($before_from as date) as from_on,
  cast($before_to as date) as to_on,
  case when cast($before_to as date) - 27 >= cast($new_known_from as date) then cast($before_to as date) - 27 end as new_from,
  cast($before_late as bigint) as late,
  cast(0 as bigint) as late_0,
  cast($before_late as bigint) as late_1,
  cast(0 as bigint) as middle_1,
  cast($before_middle as bigint) as middle_2,
  cast(0 as bigint) as early_2,
  cast($before_early as bigint) as early_3,
  cast($before_outer_recent as bigint) as outer_recent,
  cast($before_middle_recent as bigint) as middle_recent,
  cast($pair_1_first as date) as late_first,
  cast($pair_1_second as date) as late_second,
  cast($pair_2_first as date) as middle_first,
  cast($pair_2_second as date) as middle_second,
  cast($pair_3_first as date) as early_first,
  cast($pair_3_second as date) as early_second
where cast($before_from as date) is not null
