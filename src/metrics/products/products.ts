import type { z } from "zod";
import { changeOf } from "../comparison/comparison.ts";
import type { Metric } from "../metric.ts";
import { statementOf } from "../statement.ts";
import { type ProductsAnswer, productsAnswer, type productsParams } from "./schema.ts";

const productsStatement = statementOf(new URL("./products.sql", import.meta.url));

interface ProductTotals {
  name: string;
  flavour: string | null;
  category: string;
  items: number;
  totalPence: number;
  nowItems: number;
  nowPence: number;
  beforeItems: number;
  beforePence: number;
}

type ProductRow = ProductsAnswer["top"][number];

/** What sells, and what sells less? */
export const products: Metric<z.output<typeof productsParams>, ProductsAnswer> = {
  name: "products",
  question: "What sells, what rises and what falls?",
  formula:
    "Sum of item prices by product name and flavour, sizes together. Changes are like for like. A fall includes a product no " +
    "longer sold; a rise, one newly sold.",
  grain: "A product name and flavour.",
  units: "Pence; items; ratio.",
  suppression: "None: totals of cafés, no customers.",
  answer: productsAnswer,
  table: "top",
  async run(question, { limit }) {
    const [head, totals] = await Promise.all([question.head(), question.query<ProductTotals>(productsStatement)]);
    const totalPence = totals.reduce((total, product) => total + product.totalPence, 0);
    const compared = head.comparison !== null;
    const rows = totals.map((product) => rowOf(product, totalPence, compared));
    const difference = (row: ProductRow) => row.change?.difference ?? 0;
    return {
      ...head,
      products: rows.length,
      totalPence,
      items: totals.reduce((total, product) => total + product.items, 0),
      top: rows.filter((row) => row.items > 0).slice(0, limit),
      rising: rows
        .filter((row) => difference(row) > 0)
        .sort((a, b) => difference(b) - difference(a))
        .slice(0, limit),
      falling: rows
        .filter((row) => difference(row) < 0)
        .sort((a, b) => difference(a) - difference(b))
        .slice(0, limit),
    };
  },
};

function rowOf(product: ProductTotals, allPence: number, compared: boolean): ProductRow {
  const { name, flavour, category, items, totalPence } = product;
  return {
    name,
    flavour,
    category,
    items,
    totalPence,
    share: allPence === 0 ? null : totalPence / allPence,
    change: compared ? changeOf(product.nowPence, product.beforePence) : null,
    itemsChange: compared ? changeOf(product.nowItems, product.beforeItems) : null,
  };
}
