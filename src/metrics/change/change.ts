import type { OutcomeRow } from "../comparison/comparison.ts";
import type { Metric } from "../metric.ts";
import { statementOf } from "../statement.ts";
import { type ChangeAnswer, changeAnswer } from "./schema.ts";

const daypartsStatement = statementOf(new URL("./dayparts.sql", import.meta.url));
const mostCafes = 12;
const dayparts = [0, 11, 14, 17, 24] as const;
const causes = ["visits", "items_per_receipt", "price_and_mix"] as const;

interface DaypartRow {
  cafeId: number;
  fromHour: number;
  differencePence: number;
}

/** Where does the change in sales come from? */
export const change: Metric<Record<never, never>, ChangeAnswer> = {
  name: "change",
  question: "Where does the change in sales come from: causes, times of day, cafés?",
  formula:
    "Sales = receipts × items a receipt × pence an item, café by café. Visits: the change in receipts at the old spend. Items per " +
    "receipt: the change in items a receipt, at the new receipts and the old price. Price and mix: the rest. Each is rounded to the " +
    "penny and the last takes what remains, so the parts add up exactly.",
  grain: "A cause or a part of the day, by café.",
  units: "Pence.",
  suppression: "None: totals of cafés, no customers.",
  answer: changeAnswer,
  table: "byCause",
  async run(asked) {
    const kind = asked.compare === "none" ? "week" : asked.compare;
    const question = asked.comparing(kind);
    const [head, outcomes, hours] = await Promise.all([
      question.head(),
      question.outcomes(kind),
      question.query<DaypartRow>(daypartsStatement),
    ]);
    const sides = outcomes.filter((row) => row.outcome === "compared");
    const differenceOf = (cafe: OutcomeRow) => cafe.nowPence - cafe.beforePence;
    const bySize = sides.toSorted(
      (a, b) => Math.abs(differenceOf(b)) - Math.abs(differenceOf(a)) || a.cafeId - b.cafeId,
    );
    const shown = bySize.slice(0, mostCafes);
    const rest = bySize.slice(mostCafes);
    const cellsOf = (value: (cafe: OutcomeRow) => number) => ({
      cafes: shown.map((cafe) => ({ cafeId: cafe.cafeId, differencePence: value(cafe) })),
      differencePence: total(sides, value),
    });
    const inDaypart = (cafe: OutcomeRow, hour: number) =>
      hours.find((row) => row.cafeId === cafe.cafeId && row.fromHour === hour)?.differencePence ?? 0;
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
      byCause: causes.map((cause) => ({ cause, ...cellsOf((cafe) => causesOf(cafe)[cause]) })),
      byDaypart: dayparts.slice(0, -1).map((fromHour, index) => ({
        fromHour,
        toHour: dayparts[index + 1] ?? 24,
        ...cellsOf((cafe) => inDaypart(cafe, fromHour)),
      })),
    };
  },
};

function causesOf(cafe: OutcomeRow): Record<(typeof causes)[number], number> {
  const difference = cafe.nowPence - cafe.beforePence;
  // Without a receipt on one side there is no spend to hold constant: all of it is visits.
  if (cafe.beforeReceipts === 0 || cafe.nowReceipts === 0)
    return { visits: difference, items_per_receipt: 0, price_and_mix: 0 };
  const visits = Math.round((cafe.nowReceipts - cafe.beforeReceipts) * (cafe.beforePence / cafe.beforeReceipts));
  const pricePerItem = cafe.beforeItems === 0 ? 0 : cafe.beforePence / cafe.beforeItems;
  const basket = cafe.nowItems / cafe.nowReceipts - cafe.beforeItems / cafe.beforeReceipts;
  const items = Math.round(basket * cafe.nowReceipts * pricePerItem);
  return { visits, items_per_receipt: items, price_and_mix: difference - visits - items };
}

function total(cafes: readonly OutcomeRow[], value: (cafe: OutcomeRow) => number): number {
  return cafes.reduce((sum, cafe) => sum + value(cafe), 0);
}
