import type { Metric } from "../metric.ts";
import { statementOf } from "../statement.ts";
import { byCafe, inBreakdownWeeks } from "../suppression/permitted.ts";
import { type Published, publish } from "../suppression/withheld.ts";
import { type SharedCustomersAnswer, sharedCustomersAnswer } from "./schema.ts";

const pairsStatement = statementOf(new URL("./pairs.sql", import.meta.url));
const mostPairs = 50;

interface PairRow {
  cafeId: number | null;
  otherId: number | null;
  customers: number;
}

/** Which cafés share customers? */
export const sharedCustomers: Metric<Record<never, never>, SharedCustomersAnswer> = {
  name: "shared-customers",
  question: "Which cafés share customers?",
  formula:
    "Customers known by a card, with receipts at both cafés in the 13 weeks to the period's last whole week. A name is known at " +
    "one café only, so nobody known by a name is shared.",
  grain: "A café asked about, and another one the caller may see.",
  units: "Customers; ratio.",
  suppression:
    "Below head office: one café or region; pairs with 10 or more shared customers, and 10 or more not shared.",
  answer: sharedCustomersAnswer,
  table: "pairs",
  async run(asked) {
    const question = await inBreakdownWeeks(asked);
    const [head, rows] = await Promise.all([
      question.head(),
      question.query<PairRow>(pairsStatement, {
        scope: question.caller,
        comparison: null,
        params: { asked_cafes: question.scope.asParameter() },
      }),
    ]);
    const customersOf = (cafeId: number | null, otherId: number | null) =>
      rows.find((row) => row.cafeId === cafeId && row.otherId === otherId)?.customers ?? 0;
    const sharedOf = (cafeId: number | null): Published =>
      publish(
        new Map([
          ["shared", customersOf(cafeId, 0)],
          ["not shared", customersOf(cafeId, null) - customersOf(cafeId, 0)],
        ]),
        cafeId === null && byCafe(question) === 1 ? question.scope.locationIds.map(sharedOf) : [],
      );
    const customers = customersOf(null, null);
    const hasOthers = question.caller.locationIds.length > 1;
    const shared =
      question.isHeadOffice || !hasOthers || !sharedOf(null).hidden.has("shared") ? customersOf(null, 0) : null;
    const cafes = new Map(question.visibleCafes.map(({ cafeId, name, region }) => [cafeId, { cafeId, name, region }]));
    const pairs = rows.flatMap((row) => {
      const cafe = cafes.get(row.cafeId ?? -1);
      const other = cafes.get(row.otherId ?? -1);
      if (!cafe || !other) return [];
      const all = customersOf(cafe.cafeId, null);
      const isTold = question.isHeadOffice || isPairTold(row.customers, customersOf(cafe.cafeId, 0), all);
      return isTold ? [{ cafe, other, customers: row.customers, share: row.customers / all }] : [];
    });
    return {
      ...head,
      suppressed: !question.isHeadOffice,
      customers,
      shared,
      sharedShare: shared === null || customers === 0 ? null : shared / customers,
      pairs: pairs
        .sort((a, b) => b.customers - a.customers || a.cafe.cafeId - b.cafe.cafeId || a.other.cafeId - b.other.cafeId)
        .slice(0, mostPairs),
    };
  },
};

/** Whether a café's pair may be told: it is neither too few, nor are those too few whom the café shares with others only, or with none. */
function isPairTold(customers: number, shared: number, all: number): boolean {
  const others = shared - customers;
  const cells = new Map([
    ["pair", customers],
    ["not shared", all - shared],
  ]);
  if (others > 0) cells.set("others", others);
  return !publish(cells).hidden.has("pair");
}
