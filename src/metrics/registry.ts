import { boughtTogether } from "./bought-together/bought-together.ts";
import { change } from "./change/change.ts";
import { dayReceipts } from "./day-receipts/day-receipts.ts";
import { deliveries } from "./deliveries/deliveries.ts";
import { league } from "./league/league.ts";
import { productLife } from "./product-life/product-life.ts";
import { productMix } from "./product-mix/product-mix.ts";
import { productPenetration } from "./product-penetration/product-penetration.ts";
import { productPrices } from "./product-prices/product-prices.ts";
import { products } from "./products/products.ts";
import { receipt } from "./receipt/receipt.ts";
import { sales } from "./sales/sales.ts";
import { salesByHour } from "./sales-by-hour/sales-by-hour.ts";
import { salesTrend } from "./sales-trend/sales-trend.ts";

/** Every metric there is. */
export const metrics = {
  sales,
  salesTrend,
  salesByHour,
  products,
  productMix,
  productPrices,
  boughtTogether,
  productLife,
  productPenetration,
  deliveries,
  league,
  change,
  dayReceipts,
  receipt,
};
