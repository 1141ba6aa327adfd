import type { Trust } from "../answer.ts";
import type { Question } from "../question.ts";
import type { CafeDeliveries } from "./cafe-deliveries.ts";

/** How far the period's figures can be trusted, for the cafés asked about. Planned closures are not expected. */
export async function trustOf(question: Question): Promise<Trust> {
  const everyCafe = await question.deliveries();
  const cafes = everyCafe.filter((cafe) => cafe.daysExpected > 0);
  const sum = (figure: (cafe: CafeDeliveries) => number) => cafes.reduce((total, cafe) => total + figure(cafe), 0);
  const receipts = sum((cafe) => cafe.receipts);
  const reconciledReceipts = sum((cafe) => cafe.reconciledReceipts);
  return {
    cafesIn: cafes.filter((cafe) => cafe.daysIn === cafe.daysExpected).length,
    cafesExpected: cafes.length,
    cafeDaysIn: sum((cafe) => cafe.daysIn),
    cafeDaysExpected: sum((cafe) => cafe.daysExpected),
    missing: cafes
      .toSorted((a, b) => b.missingDates.length - a.missingDates.length)
      .flatMap(({ cafeId, name, missingDates }) => {
        const lastMissingOn = missingDates.at(-1);
        return lastMissingOn === undefined ? [] : [{ cafeId, name, days: missingDates.length, lastMissingOn }];
      })
      .slice(0, 20),
    receipts,
    reconciledReceipts,
    reconciledShare: receipts === 0 ? null : reconciledReceipts / receipts,
    restated: restatedOf(everyCafe),
    quarantinedRows: sum((cafe) => cafe.quarantinedRows),
    quarantinedPence: sum((cafe) => cafe.quarantinedPence),
  };
}

/** The days that some café sent again, the latest first. */
function restatedOf(cafes: readonly CafeDeliveries[]): Trust["restated"] {
  const days = Map.groupBy(
    cafes.flatMap((cafe) => cafe.restatedDates),
    (date) => date,
  );
  return [...days]
    .map(([date, sent]) => ({ date, cafes: sent.length }))
    .sort((one, other) => (one.date < other.date ? 1 : -1))
    .slice(0, 31);
}
