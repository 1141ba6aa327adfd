import { change } from "./change/change.ts";
import { cohorts } from "./cohorts/cohorts.ts";
import { customerSegments } from "./customer-segments/customer-segments.ts";
import { customers } from "./customers/customers.ts";
import { dayReceipts } from "./day-receipts/day-receipts.ts";
import { deliveries } from "./deliveries/deliveries.ts";
import { firstPurchases } from "./first-purchases/first-purchases.ts";
import { lapsing } from "./lapsing/lapsing.ts";
import { league } from "./league/league.ts";
import { products } from "./products/products.ts";
import { receipt } from "./receipt/receipt.ts";
import { sales } from "./sales/sales.ts";
import { salesByHour } from "./sales-by-hour/sales-by-hour.ts";
import { salesTrend } from "./sales-trend/sales-trend.ts";
import { sharedCustomers } from "./shared-customers/shared-customers.ts";
import { visitFrequency } from "./visit-frequency/visit-frequency.ts";

/** Every metric there is. */
export const metrics = {
  sales,
  salesTrend,
  salesByHour,
  products,
  deliveries,
  league,
  change,
  dayReceipts,
  receipt,
  customers,
  visitFrequency,
  cohorts,
  customerSegments,
  lapsing,
  sharedCustomers,
  firstPurchases,
};
