-- Grain: a side (is_now is 1 for the period, 0 for the weeks before it, where they are asked about), a group of cafés, whether
-- customers are known by a card, a segment, a band of visits, and a time of absence for those gone quiet: the customers who came,
-- and their visits. A visit is a day with a receipt. Absence is the days from the last visit to the side's end.
-- Rows without a band are of the period and all cafés asked about, and say what a segment spent ($spend: 'all', 'quiet' for those
-- gone quiet alone, or 'none'), and what those gone quiet are worth: what each used to spend in a month while they came, over four
-- weeks at least, in whole pence each. Where $everybody is 0, customers seen in a side's last 21 days are left out.
-- Days come from the masks of customer_years: receipts are read only for what was spent. Two months share a mask, and $last_pair
-- numbers those in which the period ends: six numbers a year, then 0 to 5 within it. 13 weeks have days in three masks at most, 26
-- weeks in four: so mask_0 to mask_3, the latest first, hold both sides, whichever year each is of: the period the first three, the
-- weeks before it the last three.
-- Reads: customer_groups
with sides as (
  select 1 as is_now, cast($from as date) as from_on, cast($to as date) as to_on
  union all
  select 0, date, cast($before_to as date)
  from calendar
  where date = cast($before_from as date)
),
side_days as (
  select
    sides.is_now,
    sides.from_on,
    sides.to_on,
    calendar.date,
    calendar.date between sides.from_on and sides.to_on as is_asked,
    calendar.date between sides.to_on - 20 and sides.to_on as is_recent,
    cast($last_pair as integer) - 1 + sides.is_now - 6 * calendar.year - ((calendar.month - 1) >> 1) as place,
    day_bits.jan_feb | day_bits.mar_apr | day_bits.may_jun | day_bits.jul_aug | day_bits.sep_oct | day_bits.nov_dec as day_bit
  from calendar
  join day_bits on day_bits.date = calendar.date
  cross join sides
  where calendar.date between sides.to_on - 220 and sides.to_on + 62
),
-- Grain: a side, with the masks of its days, and the first days of the two months of each.
side_masks as (
  select
    is_now,
    from_on,
    to_on,
    case when to_on - 27 >= cast($new_known_from as date) then to_on - 27 end as new_from,
    bit_or(case when place = 0 and is_asked then day_bit else cast(0 as bigint) end) as late,
    bit_or(case when place = 1 and is_asked then day_bit else cast(0 as bigint) end) as middle,
    bit_or(case when place = 2 and is_asked then day_bit else cast(0 as bigint) end) as early,
    bit_or(case when place = 0 and is_recent then day_bit else cast(0 as bigint) end) as late_recent,
    bit_or(case when place = 1 and is_recent then day_bit else cast(0 as bigint) end) as middle_recent,
    bit_or(case when place = 2 and is_recent then day_bit else cast(0 as bigint) end) as early_recent,
    min(case when place = 0 and day_bit = 1 then date end) as late_first,
    min(case when place = 0 and day_bit = 2147483648 then date end) as late_second,
    min(case when place = 1 and day_bit = 1 then date end) as middle_first,
    min(case when place = 1 and day_bit = 2147483648 then date end) as middle_second,
    min(case when place = 2 and day_bit = 1 then date end) as early_first,
    min(case when place = 2 and day_bit = 2147483648 then date end) as early_second
  from side_days
  group by is_now, from_on, to_on
),
known as (
  select
    customer_groups.group_id,
    customer_years.customer_id,
    max(case when customer_years.is_card then 1 else 0 end) = 1 as is_card,
    min(customer_years.first_on) as first_on,
    bit_or(
      case
        when 6 * customer_years.year <> cast($last_pair as integer) - mod(cast($last_pair as integer), 6) then cast(0 as bigint)
        else case mod(cast($last_pair as integer), 6)
          when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
          when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct else customer_years.nov_dec
        end
      end
    ) as mask_0,
    bit_or(
      case
        when 6 * customer_years.year <> cast($last_pair as integer) - 1 - mod(cast($last_pair as integer) - 1, 6) then cast(0 as bigint)
        else case mod(cast($last_pair as integer) - 1, 6)
          when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
          when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct else customer_years.nov_dec
        end
      end
    ) as mask_1,
    bit_or(
      case
        when 6 * customer_years.year <> cast($last_pair as integer) - 2 - mod(cast($last_pair as integer) - 2, 6) then cast(0 as bigint)
        else case mod(cast($last_pair as integer) - 2, 6)
          when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
          when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct else customer_years.nov_dec
        end
      end
    ) as mask_2,
    bit_or(
      case
        when 6 * customer_years.year <> cast($last_pair as integer) - 3 - mod(cast($last_pair as integer) - 3, 6) then cast(0 as bigint)
        else case mod(cast($last_pair as integer) - 3, 6)
          when 0 then customer_years.jan_feb when 1 then customer_years.mar_apr when 2 then customer_years.may_jun
          when 3 then customer_years.jul_aug when 4 then customer_years.sep_oct else customer_years.nov_dec
        end
      end
    ) as mask_3
  from customer_years
  join customer_groups on customer_groups.location_id = customer_years.location_id
  where customer_years.is_card or cast($with_names as integer) = 1
  group by customer_groups.group_id, customer_years.customer_id
),
seen as (
  select
    known.group_id,
    known.customer_id,
    known.is_card,
    known.first_on,
    side_masks.*,
    (case when side_masks.is_now = 1 then known.mask_0 else known.mask_1 end) & side_masks.late as late_days,
    (case when side_masks.is_now = 1 then known.mask_1 else known.mask_2 end) & side_masks.middle as middle_days,
    (case when side_masks.is_now = 1 then known.mask_2 else known.mask_3 end) & side_masks.early as early_days
  from known
  cross join side_masks
),
-- Days are counted by adding up bits within ever wider fields of the masks: two bits, four, eight.
halves as (
  select
    *,
    ((late_days & late_recent) | (middle_days & middle_recent) | (early_days & early_recent)) <> 0 as is_recent,
    late_days - ((late_days >> 1) & 6148914691236517205) as late_twos,
    middle_days - ((middle_days >> 1) & 6148914691236517205) as middle_twos,
    early_days - ((early_days >> 1) & 6148914691236517205) as early_twos
  from seen
  where
    (late_days | middle_days | early_days) <> 0
    and (
      cast($everybody as integer) = 1
      or ((late_days & late_recent) | (middle_days & middle_recent) | (early_days & early_recent)) = 0
    )
),
quarters as (
  select
    *,
    (late_twos & 3689348814741910323) + ((late_twos >> 2) & 3689348814741910323)
    + (middle_twos & 3689348814741910323) + ((middle_twos >> 2) & 3689348814741910323)
    + (early_twos & 3689348814741910323) + ((early_twos >> 2) & 3689348814741910323) as fours
  from halves
),
-- Eights in a row, each less than 256, are the digits of a number in base 256: modulo 255 they add up.
visiting as (
  select *, cast(mod((fours & 1085102592571150095) + ((fours >> 4) & 1085102592571150095), 255) as integer) as visits
  from quarters
),
-- When somebody came last need be known only of those whose absence says something: the month, then the day by its highest bit.
last_months as (
  select
    *,
    case
      when is_recent or visits < 3 then null
      when late_days > 2147483647 then late_days >> 31
      when late_days > 0 then late_days
      when middle_days > 2147483647 then middle_days >> 31
      when middle_days > 0 then middle_days
      when early_days > 2147483647 then early_days >> 31
      else early_days
    end as month_days,
    case
      when is_recent or visits < 3 then null
      when late_days > 2147483647 then late_second
      when late_days > 0 then late_first
      when middle_days > 2147483647 then middle_second
      when middle_days > 0 then middle_first
      when early_days > 2147483647 then early_second
      else early_first
    end as month_on
  from visiting
),
-- 31 bits are exact in double precision, and so is their logarithm to base 2 as far as the whole number goes.
absent as (
  select
    *,
    month_on + cast(floor(ln(cast(month_days as double precision)) / 0.6931471805599453 + 0.0000000001) as integer) as last_on
  from last_months
),
-- Segments are numbers until they are counted, those gone quiet one for each absence.
described as (
  select
    is_now,
    group_id,
    customer_id,
    is_card,
    visits,
    cast(last_on - greatest(first_on, from_on) + 1 as integer) as days_coming,
    case
      when first_on >= new_from then 3
      when visits >= 4 and visits * 7 >= last_on - greatest(first_on, from_on) + 1
        then case when to_on - last_on < 28 then 6 when to_on - last_on < 42 then 7 else 8 end
      when to_on - last_on >= 42 then 5
      when visits >= 12 then 0
      when visits >= 6 then 1
      when visits >= 2 then 2
      else 4
    end as segment_no,
    case when visits = 1 then 1 when visits = 2 then 2 when visits <= 5 then 3 when visits <= 12 then 4 else 5 end as band_no
  from absent
),
-- Who pays: each of those gone quiet by themselves, and of a segment, with cards or names, all together.
payers as (
  select
    customer_id,
    case when segment_no >= 6 then customer_id else - 1 - segment_no - case when is_card then 10 else 0 end end as payer
  from described
  where
    is_now = 1
    and group_id = 0
    and (cast($spend as varchar(8)) = 'all' or cast($spend as varchar(8)) = 'quiet' and segment_no >= 6)
),
-- Whole pence are exact in double precision, and adding them up is twice as fast as in whole numbers.
paid as (
  select transactions.customer_id, sum(cast(transactions.total_pence as double precision)) as total_pence
  from transactions
  join location_grants on location_grants.location_id = transactions.location_id
  where
    cast($spend as varchar(8)) <> 'none'
    and transactions.business_date between cast($from as date) and cast($to as date)
    and transactions.customer_id is not null
  group by transactions.customer_id
),
spent as (
  select payers.payer, sum(paid.total_pence) as total_pence
  from payers
  join paid on paid.customer_id = payers.customer_id
  group by payers.payer
),
cells as (
  select
    is_now,
    group_id,
    is_card,
    segment_no,
    band_no,
    count(*) as customers,
    sum(visits) as visits,
    0 as total_pence,
    0 as worth_pence
  from described
  group by is_now, group_id, is_card, segment_no, band_no
  union all
  select 1, 0, payer < -10, mod(- payer - 1, 10), null, 0, 0, total_pence, 0
  from spent
  where payer < 0
  union all
  select
    1,
    0,
    described.is_card,
    described.segment_no,
    null,
    0,
    0,
    sum(spent.total_pence),
    sum(floor(spent.total_pence * 365 / (12 * greatest(described.days_coming, 28)) + 0.5))
  from spent
  join described on described.customer_id = spent.payer and described.is_now = 1 and described.group_id = 0
  group by described.is_card, described.segment_no
)
select
  is_now,
  group_id,
  is_card,
  case segment_no
    when 0 then 'regulars' when 1 then 'frequent' when 2 then 'occasional' when 3 then 'new' when 4 then 'one_visit'
    when 5 then 'slipping_away' else 'gone_quiet'
  end as segment,
  case band_no when 1 then '1' when 2 then '2' when 3 then '3-5' when 4 then '6-12' when 5 then '13+' end as band,
  case segment_no when 6 then '21-27' when 7 then '28-41' when 8 then '42+' end as absence,
  cast(customers as bigint) as customers,
  cast(visits as bigint) as visits,
  cast(total_pence as bigint) as total_pence,
  cast(worth_pence as bigint) as worth_pence
from cells
