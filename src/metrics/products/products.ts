import type { z } from "zod";
import { changeOf } from "../comparison/comparison.ts";
import type { Metric } from "../metric.ts";
import { byProduct } from "../product-order.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { type ProductsAnswer, productsAnswer, type productsParams } from "./schema.ts";

const productsStatement = statementOf(new URL("./products.sql", import.meta.url));

/** A product's sales in the period, and on both sides of the comparison. Money is whole pence. */
export interface ProductTotals {
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
    const [head, totals] = await Promise.all([question.head(), readProducts(question)]);
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
        .sort((a, b) => difference(b) - difference(a) || byProduct(a, b))
        .slice(0, limit),
      falling: rows
        .filter((row) => difference(row) < 0)
        .sort((a, b) => difference(a) - difference(b) || byProduct(a, b))
        .slice(0, limit),
    };
  },
};

/** Every product sold in the period or on a compared day before it, most sales first. */
export async function readProducts(question: Question): Promise<ProductTotals[]> {
  const totals = await question.query<ProductTotals>(productsStatement);
  return totals.sort((one, other) => other.totalPence - one.totalPence || byProduct(one, other));
}

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
