-- Grain: a day.
select * from calendar
