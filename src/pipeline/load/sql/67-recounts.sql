-- Out with what is known of the weeks of recounted_days. While it is empty, these statements do nothing.

delete from daily_baskets using recounted_days
where recounted_days.location_id = daily_baskets.location_id
  and recounted_days.business_date = daily_baskets.business_date;

delete from weekly_kinds using recounted_days
where recounted_days.location_id = weekly_kinds.location_id and recounted_days.week_start = weekly_kinds.week_start;

delete from weekly_pairs using recounted_days
where recounted_days.location_id = weekly_pairs.location_id and recounted_days.week_start = weekly_pairs.week_start;
