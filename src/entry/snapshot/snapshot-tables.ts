import { twoMonths } from "#core/warehouse/two-months.ts";

/** Tables that metrics read and that are small, or change all over: copied whole each time. */
export const wholeTables = [
  "schema_state",
  "locations",
  "location_names",
  "ownerships",
  "registry_state",
  "products",
  "customers",
  "files",
  "deliveries",
  "quarantine",
  "runs",
  "calendar",
  "day_bits",
  "thirteen_weeks",
  "thirteen_week_masks",
  "thirteen_week_odd_days",
  "closures",
  "daily_sales",
  "daily_baskets",
  "daily_first_visits",
  "weekly_customers",
  "location_days",
] as const;

/** A table of many rows, in pieces: a café's day, week or year. Those that are as they were are not copied again. */
export interface DividedTable {
  readonly name: string;
  readonly by: keyof typeof pieceTypes;
  /** The whole numbers by which a row is told from another; a null is -1. */
  readonly told: readonly string[];
}

/** The columns that divide tables, with their types. */
export const pieceTypes = { business_date: "date", week_start: "date", year: "smallint" } as const;

/**
 * Large tables. A receipt's id tells all that never changes of it: a delivery that was loaded again has receipts of other ids.
 * A customer who was forgotten is missing, a café that was merged has another id.
 */
export const dividedTables: readonly DividedTable[] = [
  {
    name: "transactions",
    by: "business_date",
    told: ["transaction_id", "total_pence", "coalesce(customer_id, -1)", "item_count"],
  },
  {
    name: "transaction_items",
    by: "business_date",
    told: ["transaction_id", "line_number", "product_id", "coalesce(price_pence, -1)"],
  },
  { name: "hourly_sales", by: "business_date", told: ["hour", "receipts", "items", "total_pence"] },
  { name: "daily_products", by: "business_date", told: ["product_id", "items", "total_pence"] },
  { name: "daily_prices", by: "business_date", told: ["product_id", "coalesce(price_pence, -1)", "items"] },
  { name: "weekly_kinds", by: "week_start", told: ["kind_id", "receipts", "baskets"] },
  { name: "weekly_pairs", by: "week_start", told: ["kind_id", "other_kind_id", "receipts"] },
  {
    name: "weekly_segments",
    by: "week_start",
    told: [
      "case when is_card then 1 else 0 end + case when is_new then 2 else 0 end",
      "segment_no",
      "visits",
      "customers",
      "total_pence",
      "worth_pence",
    ],
  },
  {
    name: "customer_years",
    by: "year",
    told: [
      "customer_id",
      "case when is_card then 1 else 0 end + case when is_shared then 2 else 0 end + case when is_single then 4 else 0 end",
      ...twoMonths.map(({ first, second }) => `${first}_${second}`),
      "receipts",
      ...twoMonths.flatMap(({ first, second }) => [`${first}_pence`, `${second}_pence`]),
    ],
  },
];

/** Columns that nothing of the dashboard asks for and that need not leave the warehouse, with what stands in their place. */
export const keptBehind: Readonly<Record<string, string>> = { "customers.customer_hash": "cast(0 as bigint)" };
