-- Grain: a window (see window_customers), whether customers are known by a card, whether they are new, a segment, and a number of visits: the
-- customers who came so often, what they spent, and what those gone quiet are worth: what each spent in a month while they came, over
-- four weeks at least, in whole pence each.
-- Reads: described_customers, odd_receipts
-- What all of this groups by makes one number each: a customer in a window, and a cell, in which a segment, visits (91 at most) and two
-- marks take 13 bits. Whole pence are exact in double precision, and adding them up is twice as fast as in whole numbers.
with numbered as (
  select
    cast(window_no as bigint) * 4294967296 + customer_id as customer_no,
    cast(window_no as bigint) * 8192 + segment_no * 512 + visits * 4
    + case when is_card then 2 else 0 end + case when is_new then 1 else 0 end as cell_no,
    case when segment_no >= 6 then customer_id else 0 end as quiet_id,
    case when segment_no >= 6 then days_coming else 0 end as days_coming,
    pence
  from described_customers
),
parts as (
  select cell_no, quiet_id, days_coming, 1 as customers, pence
  from numbered
  union all
  select
    numbered.cell_no,
    case when mod(numbered.cell_no, 8192) >= 3072 then odd_receipts.customer_id else 0 end,
    0,
    0,
    odd_receipts.pence
  from odd_receipts
  join numbered on numbered.customer_no = cast(odd_receipts.window_no as bigint) * 4294967296 + odd_receipts.customer_id
),
-- Added up by cell rather than by customer, but for those gone quiet: there are few.
sums as (
  select cell_no, quiet_id, max(days_coming) as days_coming, sum(customers) as customers, sum(pence) as pence
  from parts
  group by cell_no, quiet_id
),
cells as (
  select
    cell_no,
    sum(customers) as customers,
    sum(pence) as total_pence,
    sum(case when quiet_id = 0 then 0 else floor(pence * 365 / (12 * greatest(days_coming, 28)) + 0.5) end) as worth_pence
  from sums
  group by cell_no
)
select
  cast(floor(cell_no / 8192.0) as integer) as window_no,
  mod(cell_no, 4) >= 2 as is_card,
  mod(cell_no, 2) = 1 as is_new,
  cast(floor(mod(cell_no, 8192) / 512.0) as smallint) as segment_no,
  cast(floor(mod(cell_no, 512) / 4.0) as smallint) as visits,
  cast(customers as integer) as customers,
  cast(total_pence as bigint) as total_pence,
  cast(worth_pence as bigint) as worth_pence
from cells
