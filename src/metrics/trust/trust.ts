import type { Trust } from "../answer.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import type { CafeDeliveriesRow } from "./cafe-deliveries.ts";

const restatedStatement = statementOf(new URL("./restated.sql", import.meta.url));

/** How far the period's figures can be trusted, for the cafés asked about. Planned closures are not expected. */
export async function trustOf(question: Question): Promise<Trust> {
  const [everyCafe, restated] = await Promise.all([
    question.deliveries(),
    question.query<{ date: string; cafes: number }>(restatedStatement, { comparison: null }),
  ]);
  const cafes = everyCafe.filter((cafe) => cafe.daysExpected > 0);
  const missingDays = (cafe: CafeDeliveriesRow) => cafe.daysExpected - cafe.daysIn;
  const sum = (figure: (cafe: CafeDeliveriesRow) => number) => cafes.reduce((total, cafe) => total + figure(cafe), 0);
  const receipts = sum((cafe) => cafe.receipts);
  const reconciledReceipts = sum((cafe) => cafe.reconciledReceipts);
  return {
    cafesIn: cafes.filter((cafe) => cafe.daysIn === cafe.daysExpected).length,
    cafesExpected: cafes.length,
    cafeDaysIn: sum((cafe) => cafe.daysIn),
    cafeDaysExpected: sum((cafe) => cafe.daysExpected),
    missing: cafes
      .toSorted((a, b) => missingDays(b) - missingDays(a))
      .flatMap(({ cafeId, name, daysExpected, daysIn, lastMissingOn }) =>
        lastMissingOn === null ? [] : [{ cafeId, name, days: daysExpected - daysIn, lastMissingOn }],
      )
      .slice(0, 20),
    receipts,
    reconciledReceipts,
    reconciledShare: receipts === 0 ? null : reconciledReceipts / receipts,
    restated: restated.slice(0, 31),
    quarantinedRows: sum((cafe) => cafe.quarantinedRows),
    quarantinedPence: sum((cafe) => cafe.quarantinedPence),
  };
}
