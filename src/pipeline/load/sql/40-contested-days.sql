-- Where several files hold the same café and day, and it is to be settled which of them count.

-- Grain: a touched café and day with more than one delivery, or with one that did not count or was flagged before.
create temp table contested_days as
select deliveries.location_id, deliveries.business_date
from deliveries
join touched_days
  on touched_days.location_id = deliveries.location_id and touched_days.business_date = deliveries.business_date
join files on files.file_id = deliveries.file_id
where files.is_current and deliveries.receipts > 0
group by deliveries.location_id, deliveries.business_date
having count(*) > 1
  or sum(case when deliveries.counted and deliveries.overlap_share is null then 0 else 1 end) > 0;
