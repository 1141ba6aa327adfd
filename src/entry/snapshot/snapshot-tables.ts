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
  "closures",
  "daily_sales",
  "daily_baskets",
  "daily_first_visits",
  "location_days",
] as const;

/** A table of many rows, in pieces: a café's day, week or year. Those that are as they were are not copied again. */
export interface DividedTable {
  readonly name: string;
  readonly by: keyof typeof pieceTypes;
  /** What tells whether a piece is the same as before: whole numbers to add up, since every warehouse can add. */
  readonly sums: readonly string[];
}

/** The columns that divide tables, with their types. */
export const pieceTypes = { business_date: "date", week_start: "date", year: "smallint" } as const;

/** A product of two columns tells what sums alone do not: that something went from one row to another. */
const times = (column: string, others: readonly string[]) =>
  others.map((other) => `cast(${column} as bigint) * ${other}`);

/** Whole numbers, so that none is rounded and a sum of integers is wide enough. */
const wide = (columns: readonly string[]) => columns.map((column) => `cast(${column} as bigint)`);

/** The masks of days fill all of a number: their remainders can be multiplied. */
const masks = ["jan_feb", "mar_apr", "may_jun", "jul_aug", "sep_oct", "nov_dec"];
const remainders = masks.map((mask) => `(${mask} % 1000003)`);

/**
 * Large tables. A delivery that was loaded again has receipts of other ids, a customer who was forgotten is missing, a café that
 * was merged has another id.
 */
export const dividedTables: readonly DividedTable[] = [
  {
    name: "transactions",
    by: "business_date",
    sums: wide(["transaction_id", "total_pence", "coalesce(customer_id, 0)", "item_count"]),
  },
  {
    name: "transaction_items",
    by: "business_date",
    sums: wide(["transaction_id", "product_id", "coalesce(price_pence, 0)"]),
  },
  {
    name: "hourly_sales",
    by: "business_date",
    sums: [
      ...wide(["hour", "receipts", "items", "total_pence"]),
      ...times("hour", ["receipts", "items", "total_pence"]),
    ],
  },
  {
    name: "daily_products",
    by: "business_date",
    sums: [...wide(["product_id", "items", "total_pence"]), ...times("product_id", ["items", "total_pence"])],
  },
  {
    name: "daily_prices",
    by: "business_date",
    sums: [
      ...wide(["product_id", "items", "coalesce(price_pence, -1)"]),
      ...times("product_id", ["items", "coalesce(price_pence, -1)"]),
      ...times("items", ["coalesce(price_pence, -1)"]),
    ],
  },
  {
    name: "weekly_kinds",
    by: "week_start",
    sums: [...wide(["kind_id", "receipts", "baskets"]), ...times("kind_id", ["receipts", "baskets"])],
  },
  {
    name: "weekly_pairs",
    by: "week_start",
    sums: [
      ...wide(["kind_id", "other_kind_id", "receipts"]),
      ...times("kind_id", ["other_kind_id", "receipts"]),
      ...times("other_kind_id", ["receipts"]),
    ],
  },
  {
    name: "customer_years",
    by: "year",
    sums: [
      ...wide(["customer_id", "case when is_card then customer_id else 0 end", "receipts", "total_pence", ...masks]),
      ...times("customer_id", ["receipts", "total_pence", ...remainders]),
    ],
  },
];

/** Columns that nothing of the dashboard asks for and that need not leave the warehouse, with what stands in their place. */
export const keptBehind: Readonly<Record<string, string>> = { "customers.customer_hash": "cast(0 as bigint)" };
