import { changeOf, changeOfRatio } from "../comparison/comparison.ts";
import { areEnough, type Crowd, othersToRead } from "../comparison/others.ts";
import type { Metric } from "../metric.ts";
import { byText } from "../product-order.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { type ProductMixAnswer, productMixAnswer } from "./schema.ts";

const mixStatement = statementOf(new URL("./mix.sql", import.meta.url));
const othersStatement = statementOf(new URL("./others.sql", import.meta.url));

interface Sold {
  items: number;
  totalPence: number;
  nowItems: number;
  nowPence: number;
  beforeItems: number;
  beforePence: number;
}

interface MixRow extends Sold {
  region: string;
  category: string;
  size: string;
  flavour: string | null;
}

type OthersRow = Pick<MixRow, "category" | "size" | "flavour" | "totalPence"> & Crowd;
type Dimension = "category" | "size" | "flavour";
type Part = ProductMixAnswer["categories"][number];

/** What is sold, by category, size and flavour? */
export const productMix: Metric<Record<never, never>, ProductMixAnswer> = {
  name: "product-mix",
  question:
    "What is sold, by category, size and flavour, and how does that differ between regions and from other cafés?",
  formula:
    "Shares of items and of the sum of item prices. Changes are like for like; the change of a share is in points. Other cafés' shares " +
    "are over all cafés of the chain but those asked about.",
  grain: "A category, a size, a flavour; a region and category.",
  units: "Pence; items; ratio.",
  suppression:
    "Other cafés only as ratios over at least three that sold anything; of those that the caller may not see, at least three or none. No customers.",
  answer: productMixAnswer,
  table: "categories",
  async run(question) {
    const [head, rows, others] = await Promise.all([
      question.head(),
      question.query<MixRow>(mixStatement),
      readOthers(question),
    ]);
    const all = sumOf(rows);
    const compared = head.comparison !== null;
    const partsBy = (dimension: Dimension) => partsOf(rows, others, dimension, compared);
    const categories = partsBy("category");
    return {
      ...head,
      items: all.items,
      totalPence: all.totalPence,
      categories,
      sizes: partsBy("size"),
      flavours: partsBy("flavour"),
      regions: [...grouped(rows, (row) => row.region)]
        .sort(([one], [other]) => byText(one, other))
        .flatMap(([region, sold]) => {
          const whole = sumOf(sold);
          const byCategory = grouped(sold, (row) => row.category);
          return categories.flatMap(({ name }) => {
            const { items, totalPence } = sumOf(byCategory.get(name ?? "") ?? []);
            return name === null || items === 0
              ? []
              : [{ region, category: name, ...sharesOf(items, totalPence, whole) }];
          });
        }),
    };
  },
};

/** What the others sold; nothing where there are too few of them to stay unnamed. */
async function readOthers(question: Question): Promise<OthersRow[]> {
  const scope = othersToRead(question);
  if (scope === null) return [];
  const rows = await question.query<OthersRow>(othersStatement, { scope, comparison: null });
  const [first] = rows;
  return first !== undefined && areEnough(first) ? rows : [];
}

function partsOf(
  rows: readonly MixRow[],
  others: readonly OthersRow[],
  dimension: Dimension,
  compared: boolean,
): Part[] {
  const all = sumOf(rows);
  const othersPence = penceOf(others);
  const othersBy = grouped(others, (row) => row[dimension]);
  return [...grouped(rows, (row) => row[dimension])]
    .map(([name, sold]): Part => {
      const sum = sumOf(sold);
      return {
        name,
        ...sharesOf(sum.items, sum.totalPence, all),
        change: compared ? changeOf(sum.nowPence, sum.beforePence) : null,
        salesShareChange: compared ? changeOfRatio(sum.nowPence, all.nowPence, sum.beforePence, all.beforePence) : null,
        othersSalesShare: othersPence === 0 ? null : penceOf(othersBy.get(name) ?? []) / othersPence,
      };
    })
    .sort((one, other) => other.totalPence - one.totalPence || byText(one.name ?? "", other.name ?? ""));
}

function sharesOf(items: number, totalPence: number, all: Sold) {
  return {
    items,
    itemsShare: all.items === 0 ? null : items / all.items,
    totalPence,
    salesShare: all.totalPence === 0 ? null : totalPence / all.totalPence,
  };
}

function sumOf(rows: readonly Sold[]): Sold {
  const sum: Sold = { items: 0, totalPence: 0, nowItems: 0, nowPence: 0, beforeItems: 0, beforePence: 0 };
  for (const row of rows) for (const name of Object.keys(sum) as (keyof Sold)[]) sum[name] += row[name];
  return sum;
}

function penceOf(rows: readonly OthersRow[]): number {
  return rows.reduce((sum, { totalPence }) => sum + totalPence, 0);
}

function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
