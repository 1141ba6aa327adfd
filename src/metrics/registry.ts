import { boughtTogether } from "./bought-together/bought-together.ts";
import { change } from "./change/change.ts";
import { cohorts } from "./cohorts/cohorts.ts";
import { customerSegments } from "./customer-segments/customer-segments.ts";
import { customers } from "./customers/customers.ts";
import { dayReceipts } from "./day-receipts/day-receipts.ts";
import { dayparts } from "./dayparts/dayparts.ts";
import { deliveries } from "./deliveries/deliveries.ts";
import { firstPurchases } from "./first-purchases/first-purchases.ts";
import { lapsing } from "./lapsing/lapsing.ts";
import { league } from "./league/league.ts";
import { likeForLike } from "./like-for-like/like-for-like.ts";
import { productLife } from "./product-life/product-life.ts";
import { productMix } from "./product-mix/product-mix.ts";
import { productPenetration } from "./product-penetration/product-penetration.ts";
import { productPrices } from "./product-prices/product-prices.ts";
import { products } from "./products/products.ts";
import { receipt } from "./receipt/receipt.ts";
import { regionBenchmark } from "./region-benchmark/region-benchmark.ts";
import { sales } from "./sales/sales.ts";
import { salesByHour } from "./sales-by-hour/sales-by-hour.ts";
import { salesTrend } from "./sales-trend/sales-trend.ts";
import { sharedCustomers } from "./shared-customers/shared-customers.ts";
import { similarCafes } from "./similar-cafes/similar-cafes.ts";
import { visitFrequency } from "./visit-frequency/visit-frequency.ts";
import { whatChanged } from "./what-changed/what-changed.ts";

/** Every metric there is. */
export const metrics = {
  sales,
  salesTrend,
  salesByHour,
  dayparts,
  league,
  likeForLike,
  regionBenchmark,
  similarCafes,
  change,
  whatChanged,
  customers,
  visitFrequency,
  cohorts,
  customerSegments,
  lapsing,
  sharedCustomers,
  firstPurchases,
  products,
  productMix,
  productPrices,
  boughtTogether,
  productLife,
  productPenetration,
  deliveries,
  dayReceipts,
  receipt,
};
