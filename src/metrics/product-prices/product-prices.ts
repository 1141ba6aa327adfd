import type { z } from "zod";
import { addDays, earlierOf } from "#core/day.ts";
import type { Metric } from "../metric.ts";
import { byProduct } from "../product-order.ts";
import { statementOf } from "../statement.ts";
import { readPriceChanges } from "./price-changes.ts";
import { type ProductPricesAnswer, productPricesAnswer, type productPricesParams } from "./schema.ts";

const pointsStatement = statementOf(new URL("./points.sql", import.meta.url));

/** A change of price is news for so many days, however short the period asked about. */
const newsDays = 28;

interface PointRow {
  name: string;
  flavour: string | null;
  size: string;
  category: string;
  pricePence: number | null;
  items: number;
  firstOn: string;
  lastOn: string;
  cafes: number;
  cafeDays: number;
}

/** A product with all it was sold at. */
interface Priced {
  rows: PointRow[];
  items: number;
  totalPence: number;
}

/** At which prices does it sell, when did they change, and what did volume do then? */
export const productPrices: Metric<z.output<typeof productPricesParams>, ProductPricesAnswer> = {
  name: "product-prices",
  question: "At which prices does it sell, when did they change, and what did volume do then?",
  formula:
    "Items by price. The usual price of a day is the one most items were sold at, if it was that for 7 selling days in a row. Volume is items " +
    "a café and delivered day, in up to 4 whole weeks after the change against as many before; and the product's share of all items.",
  grain: "A product name, flavour and size, and a price; a change of price.",
  units: "Pence; items; items a café and day; ratio.",
  suppression: "None: totals of cafés, no customers.",
  answer: productPricesAnswer,
  table: "points",
  async run(question, { limit }) {
    const since = earlierOf(question.period.from, addDays(question.period.to, 1 - newsDays));
    const [head, rows, changes] = await Promise.all([
      question.head(),
      question.query<PointRow>(pointsStatement, { comparison: null }),
      readPriceChanges(question, since, limit),
    ]);
    const products = [...byKey(rows).values()].sort(
      (one, other) =>
        other.totalPence - one.totalPence || byProduct(one.rows[0] as PointRow, other.rows[0] as PointRow),
    );
    return {
      ...head,
      since,
      points: products.slice(0, limit).flatMap((product) =>
        product.rows
          .toSorted((one, other) => (one.pricePence ?? -1) - (other.pricePence ?? -1))
          .map(({ cafeDays, ...row }) => ({
            ...row,
            itemsShare: row.items / product.items,
            totalPence: row.items * (row.pricePence ?? 0),
            itemsPerCafeDay: row.items / cafeDays,
          })),
      ),
      changes,
    };
  },
};

function byKey(rows: readonly PointRow[]): Map<string, Priced> {
  const products = new Map<string, Priced>();
  for (const row of rows) {
    const key = JSON.stringify([row.name, row.flavour, row.size]);
    const known = products.get(key) ?? { rows: [], items: 0, totalPence: 0 };
    known.rows.push(row);
    known.items += row.items;
    known.totalPence += row.items * (row.pricePence ?? 0);
    products.set(key, known);
  }
  return products;
}
