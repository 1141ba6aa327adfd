-- Grain: what the period is compared with, by the days that each counterpart lies later than its day (-7: a week before): one
-- comparison, or two where $other_shift_days is given. Without any there is one row with null.
select cast($shift_days as integer) as shift_days
union all
select cast($other_shift_days as integer) as shift_days
where cast($other_shift_days as integer) is not null
