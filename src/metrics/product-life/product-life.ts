import type { z } from "zod";
import { addDays, earlierOf, mondayOf } from "#core/day.ts";
import { changeOf } from "../comparison/comparison.ts";
import type { Metric } from "../metric.ts";
import { periodOf } from "../period.ts";
import { byProduct, byText } from "../product-order.ts";
import { type ProductTotals, readProducts } from "../products/products.ts";
import { statementOf } from "../statement.ts";
import { type ProductLifeAnswer, productLifeAnswer, type productLifeParams } from "./schema.ts";

const livesStatement = statementOf(new URL("./lives.sql", import.meta.url));

/** A fall smaller than a tenth is not worth a manager's time, and one of two standard deviations may be chance. */
const smallestFall = 0.1;
const beyondChance = 2;

interface LifeRow {
  name: string;
  flavour: string | null;
  category: string;
  firstWeek: string;
  firstOn: string;
  lastOn: string;
  cafes: number;
  items: number;
  totalPence: number;
  silentDays: number;
  cafesFrom: string;
}

/** What is new, what is fading and what is gone? */
export const productLife: Metric<z.output<typeof productLifeParams>, ProductLifeAnswer> = {
  name: "product-life",
  question: "What is new, what is fading and what is gone?",
  formula:
    "Launched: first sold in the last `days` days or the period, whichever is longer, in cafés that had delivered for `days` days before. " +
    "Declining: at least a tenth fewer items, like for like, and more than two standard deviations of chance, √(now + before). Stopped: " +
    "not sold on the last `days` days, or more, on which a café that had sold it delivered.",
  grain: "A product name and flavour.",
  units: "Dates; items; pence; ratio.",
  suppression: "None: totals of cafés, no customers.",
  answer: productLifeAnswer,
  table: "launched",
  async run(question, { days }) {
    const { from, to } = question.period;
    const since = earlierOf(from, addDays(to, 1 - days));
    // Whole weeks, so that what was sold before them is known from sums by the week.
    const lookbackFrom = mondayOf(addDays(since, -days));
    const [head, lives, totals] = await Promise.all([
      question.head(),
      question.query<LifeRow>(livesStatement, { comparison: null, params: { lookback_from: lookbackFrom } }),
      question.compare === "none" ? [] : readProducts(question),
    ]);
    const compared = head.comparison === null ? [] : totals;
    const stopped = lives
      .filter(({ silentDays }) => silentDays >= days)
      .sort((one, other) => byText(other.lastOn, one.lastOn) || byProduct(one, other));
    const isStopped = (product: ProductTotals) =>
      stopped.some(({ name, flavour }) => name === product.name && flavour === product.flavour);
    return {
      ...head,
      days,
      since,
      launched: lives
        .filter(
          ({ firstWeek, firstOn, cafesFrom }) =>
            firstWeek >= lookbackFrom && firstOn >= since && addDays(cafesFrom, days) <= firstOn,
        )
        .sort((one, other) => byText(other.firstOn, one.firstOn) || byProduct(one, other))
        .map(({ name, flavour, category, firstOn, cafes, items, totalPence }) => ({
          name,
          flavour,
          category,
          firstOn,
          daysSince: periodOf(firstOn, to).days,
          cafes,
          items,
          totalPence,
        })),
      declining: compared
        .filter((product) => declines(product) && !isStopped(product))
        .sort((one, other) => lost(other) - lost(one) || byProduct(one, other))
        .map(({ name, flavour, category, nowItems, beforeItems, nowPence, beforePence }) => ({
          name,
          flavour,
          category,
          itemsChange: changeOf(nowItems, beforeItems),
          change: changeOf(nowPence, beforePence),
        })),
      allItemsChange:
        head.comparison === null
          ? null
          : changeOf(
              compared.reduce((sum, { nowItems }) => sum + nowItems, 0),
              compared.reduce((sum, { beforeItems }) => sum + beforeItems, 0),
            ),
      stopped: stopped.map(({ cafesFrom: _, firstOn: __, ...product }) => product),
    };
  },
};

function declines({ nowItems, beforeItems }: ProductTotals): boolean {
  const fall = beforeItems - nowItems;
  return fall >= smallestFall * beforeItems && fall > beyondChance * Math.sqrt(nowItems + beforeItems);
}

function lost({ nowPence, beforePence }: ProductTotals): number {
  return beforePence - nowPence;
}
