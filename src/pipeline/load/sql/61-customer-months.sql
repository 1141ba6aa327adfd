-- Added to what was there: once for each two months that share a mask, so that of a customer's year only that is written which the
-- load is about. While there are none of them in counted_months, this does nothing. {{place}} is 1 to 6.

update customer_years
set
  first_on = least(counted_months.first_on, customer_years.first_on),
  last_on = greatest(counted_months.last_on, customer_years.last_on),
  {{first}}_{{second}} = counted_months.days | customer_years.{{first}}_{{second}},
  receipts = counted_months.receipts + customer_years.receipts,
  {{first}}_pence = counted_months.first_pence + customer_years.{{first}}_pence,
  {{second}}_pence = counted_months.second_pence + customer_years.{{second}}_pence
from counted_months
where counted_months.two_months = {{place}}
  and counted_months.location_id = customer_years.location_id
  and counted_months.customer_id = customer_years.customer_id
  and counted_months.year = customer_years.year;
