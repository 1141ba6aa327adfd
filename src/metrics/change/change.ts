import type { Metric } from "../metric.ts";
import { statementOf } from "../statement.ts";
import { readCells } from "../what-changed/cells.ts";
import { splitOf } from "../what-changed/split.ts";
import { type CafeSides, readCafeSides, versusOf } from "../what-changed/versus.ts";
import { type ChangeAnswer, changeAnswer } from "./schema.ts";

const daypartsStatement = statementOf(new URL("./dayparts.sql", import.meta.url));

const mostCafes = 12;
const causes = [
  { cause: "visits", part: "visits" },
  { cause: "items_per_receipt", part: "itemsPerReceipt" },
  { cause: "price_and_mix", part: "priceAndMix" },
] as const;

/** A café's difference in a part of the day, in whole pence; `cafeId` is null for a part without sales. */
interface DaypartRow {
  fromHour: number;
  toHour: number;
  cafeId: number | null;
  differencePence: number;
}

/** Where does the change in sales come from? What what-changed says of the comparison, by café and by part of the day. */
export const change: Metric<Record<never, never>, ChangeAnswer> = {
  name: "change",
  question: "Where does the change in sales come from: causes, times of day, cafés?",
  formula:
    "Like for like, sales = receipts × items a receipt × pence an item, café by café, split as what-changed does it. Visits: the " +
    "change in receipts at the old spend. Items per receipt: the change in items a receipt, at the new receipts and the old price. " +
    "Price and mix: the rest. Each is rounded to the penny and the last takes what remains, so the parts add up exactly.",
  grain: "A cause or a part of the day, by café.",
  units: "Pence.",
  suppression: "None: totals of cafés, no customers.",
  answer: changeAnswer,
  table: "byCause",
  async run(asked) {
    const versus = versusOf(asked);
    const question = asked.comparing(versus.kind ?? "none");
    const [head, outcomes, dayparts] = await Promise.all([
      question.head(),
      readCafeSides(question, versus),
      question.query<DaypartRow>(daypartsStatement, { comparison: versus.before }),
    ]);
    const sides = outcomes.filter((row) => row.outcome === "compared");
    const byCafe = await readCells(question, versus, "cafe", sides);
    const parts = new Map(byCafe.map(({ cafeId, before, now }) => [cafeId, splitOf(before, now)]));
    const bySize = sides.toSorted(
      (a, b) => Math.abs(differenceOf(b)) - Math.abs(differenceOf(a)) || a.cafeId - b.cafeId,
    );
    const shown = bySize.slice(0, mostCafes);
    const rest = bySize.slice(mostCafes);
    const cellsOf = (value: (cafe: CafeSides) => number) => ({
      cafes: shown.map((cafe) => ({ cafeId: cafe.cafeId, differencePence: value(cafe) })),
      differencePence: total(sides, value),
    });
    return {
      ...head,
      cafes: shown.map((cafe) => ({
        cafeId: cafe.cafeId,
        name: cafe.name,
        region: cafe.region,
        nowPence: cafe.nowPence,
        beforePence: cafe.beforePence,
        differencePence: differenceOf(cafe),
      })),
      others: { cafes: rest.length, differencePence: total(rest, differenceOf) },
      nowPence: total(sides, (cafe) => cafe.nowPence),
      beforePence: total(sides, (cafe) => cafe.beforePence),
      differencePence: total(sides, differenceOf),
      byCause: causes.map(({ cause, part }) => ({ cause, ...cellsOf((cafe) => parts.get(cafe.cafeId)?.[part] ?? 0) })),
      byDaypart: [...Map.groupBy(dayparts, ({ fromHour }) => fromHour)].map(([fromHour, rows]) => {
        const inPart = new Map(rows.map((row) => [row.cafeId, row.differencePence]));
        return { fromHour, toHour: rows[0]?.toHour ?? 24, ...cellsOf((cafe) => inPart.get(cafe.cafeId) ?? 0) };
      }),
    };
  },
};

function differenceOf(cafe: CafeSides): number {
  return cafe.nowPence - cafe.beforePence;
}

function total(cafes: readonly CafeSides[], value: (cafe: CafeSides) => number): number {
  return cafes.reduce((sum, cafe) => sum + value(cafe), 0);
}
