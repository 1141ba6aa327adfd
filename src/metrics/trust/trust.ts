import type { Trust } from "../answer.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";

const cafesStatement = statementOf(new URL("./cafes.sql", import.meta.url));
const restatedStatement = statementOf(new URL("./restated.sql", import.meta.url));

interface CafeRow {
  cafeId: number;
  name: string;
  daysExpected: number;
  daysIn: number;
  lastMissingOn: string | null;
  receipts: number;
  reconciledReceipts: number;
  quarantinedRows: number;
  quarantinedPence: number;
}

/** How far the period's figures can be trusted, for the cafés asked about. Planned closures are not expected. */
export async function trustOf(question: Question): Promise<Trust> {
  const alone = { comparison: null };
  const [cafes, restated] = await Promise.all([
    question.query<CafeRow>(cafesStatement, alone),
    question.query<{ date: string; cafes: number }>(restatedStatement, alone),
  ]);
  const sum = (figure: (cafe: CafeRow) => number) => cafes.reduce((total, cafe) => total + figure(cafe), 0);
  const receipts = sum((cafe) => cafe.receipts);
  const reconciledReceipts = sum((cafe) => cafe.reconciledReceipts);
  return {
    cafesIn: cafes.filter((cafe) => cafe.daysIn === cafe.daysExpected).length,
    cafesExpected: cafes.length,
    cafeDaysIn: sum((cafe) => cafe.daysIn),
    cafeDaysExpected: sum((cafe) => cafe.daysExpected),
    missing: cafes
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
