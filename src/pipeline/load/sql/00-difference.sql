-- How an audit of a roll-up ends: what is in "expected" alone is missing, what is in "kept" alone is surplus.
missing as (
  select * from expected
  except
  select * from kept
),
surplus as (
  select * from kept
  except
  select * from expected
)
select 'missing' as fault, * from missing
union all
select 'surplus' as fault, * from surplus
