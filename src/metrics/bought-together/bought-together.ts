import type { z } from "zod";
import type { Metric } from "../metric.ts";
import { byProduct } from "../product-order.ts";
import { statementOf } from "../statement.ts";
import { wholeWeeksOf } from "../whole-weeks.ts";
import { type BoughtTogetherAnswer, boughtTogetherAnswer, type boughtTogetherParams } from "./schema.ts";

const pairsStatement = statementOf(new URL("./pairs.sql", import.meta.url));
const basketsStatement = statementOf(new URL("./baskets.sql", import.meta.url));

/**
 * How many standard deviations a pair must be away from chance. A menu of forty products has 780 pairs: at two, some forty of them
 * would be there by chance; at four, none in most cases.
 */
const beyondChance = 4;

interface PairRow {
  name: string;
  flavour: string | null;
  otherName: string;
  otherFlavour: string | null;
  receipts: number;
  baskets: number;
  otherBaskets: number;
}

type Pair = BoughtTogetherAnswer["together"][number];

/** What is bought together? */
export const boughtTogether: Metric<z.output<typeof boughtTogetherParams>, BoughtTogetherAnswer> = {
  name: "bought-together",
  question: "What is bought together, more or less often than chance would have it?",
  formula:
    "Over baskets, which are receipts with two different products or more: support = with both / baskets; confidence = with both / " +
    "with the first; lift = with both × baskets / (with the first × with the other). Together and apart are those at least four " +
    "standard deviations from chance, √(baskets × p × (1 - p)), p being the product of both shares.",
  grain: "Two products, each a name and flavour, in the weeks that the period touches.",
  units: "Receipts; ratio.",
  suppression: "Pairs on fewer receipts than `fewest` (20, never below 10) are withheld, for everybody.",
  answer: boughtTogetherAnswer,
  table: "together",
  async run(question, { fewest, limit }) {
    const [head, rows, [sums]] = await Promise.all([
      question.head(),
      question.query<PairRow>(pairsStatement),
      question.query<{ receipts: number; baskets: number }>(basketsStatement),
    ]);
    const { receipts = 0, baskets = 0 } = sums ?? {};
    const enough = rows.filter((row) => row.receipts >= fewest);
    const pairs = enough.map((row) => pairOf(row, baskets));
    const by = (value: (pair: Pair) => number) => (one: Pair, other: Pair) =>
      value(other) - value(one) || inOrder(one, other);
    return {
      ...head,
      weeks: wholeWeeksOf(question),
      receipts,
      baskets,
      fewest,
      pairs: pairs.length,
      withheld: rows.length - pairs.length,
      together: pairs
        .filter((pair) => deviation(pair, baskets) >= beyondChance)
        .sort(by(({ lift }) => lift))
        .slice(0, limit),
      apart: pairs
        .filter((pair) => deviation(pair, baskets) <= -beyondChance)
        .sort(by(({ lift }) => -lift))
        .slice(0, limit),
      frequent: pairs.toSorted(by((pair) => pair.receipts)).slice(0, limit),
    };
  },
};

function pairOf(row: PairRow, baskets: number): Pair {
  const one = { name: row.name, flavour: row.flavour, baskets: row.baskets };
  const other = { name: row.otherName, flavour: row.otherFlavour, baskets: row.otherBaskets };
  // Which of the two has the lower id differs from one warehouse to the next.
  const swap = other.baskets > one.baskets || (other.baskets === one.baskets && byProduct(other, one) < 0);
  const [first, second] = swap ? [other, one] : [one, other];
  const { receipts } = row;
  return {
    name: first.name,
    flavour: first.flavour,
    otherName: second.name,
    otherFlavour: second.flavour,
    receipts,
    support: receipts / baskets,
    confidence: receipts / first.baskets,
    otherConfidence: receipts / second.baskets,
    expectedReceipts: (first.baskets * second.baskets) / baskets,
    lift: (receipts * baskets) / (first.baskets * second.baskets),
  };
}

function deviation({ receipts, expectedReceipts }: Pair, baskets: number): number {
  const chance = expectedReceipts / baskets;
  const spread = Math.sqrt(baskets * chance * (1 - chance));
  return spread === 0 ? 0 : (receipts - expectedReceipts) / spread;
}

function inOrder(one: Pair, other: Pair): number {
  const second = (pair: Pair) => ({ name: pair.otherName, flavour: pair.otherFlavour });
  return byProduct(one, other) || byProduct(second(one), second(other));
}
