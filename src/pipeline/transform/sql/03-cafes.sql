-- What the receipts of a batch belong to: cafés, and files with their first rows.

-- Grain: a café as the tills of this batch write it.
create table cafes as
select cast(known_cafe as varchar) as name, known_cafe_no as cafe_no
from (select distinct known_cafe, known_cafe_no from scanned where reason is null and known_cafe is not null)
union all
select
  other_cafe as name,
  cast(len(enum_range(cast(null as known_cafe))) + row_number() over (order by other_cafe) as integer) as cafe_no
from (select distinct other_cafe from scanned where reason is null and other_cafe is not null);

-- No café is called by a card number: in such a row the columns have slipped.
create table impossible_cafes as
select name
from cafes
where length(name) > 200 or holds_long_number(name);

update scanned_rows
set reason = 'row_cafe_missing'
where reason is null
  and coalesce(cells.other_cafe, cast(cells.known_cafe as varchar)) in (select name from impossible_cafes);

delete from cafes where name in (select name from impossible_cafes);

-- Cafés that no file begins with.
create view other_cafes as
select name as other_cafe, cafe_no as other_cafe_no
from cafes
where try_cast(name as known_cafe) is null;

-- Grain: a file that has rows. first_order is the scan order of its first row; some rows bear their place in the file already.
create table file_starts as
select file_no, case when bool_or(numbered_in_file) then 1 else min(scan_order) end as first_order
from (select file_no, scan_order from scanned union all select file_no, scan_order from skipped_rows) as rows
join batch_files using (file_no)
group by file_no;
