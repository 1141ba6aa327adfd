-- Grain: a part of the day, from its first hour up to its last, which is not in it; 24 is midnight. These are all of them.
select 0 as from_hour, 11 as to_hour
union all
select 11 as from_hour, 14 as to_hour
union all
select 14 as from_hour, 17 as to_hour
union all
select 17 as from_hour, 24 as to_hour
