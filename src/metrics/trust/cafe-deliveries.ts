import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";

const statement = statementOf(new URL("./cafe-days.sql", import.meta.url));

/** A day that is missing, closed as planned or restated; or, without a date, all other days of the same state. */
interface DaysRow {
  cafeId: number;
  state: string;
  date: string | null;
  isRestated: number;
  closureReason: string | null;
  deliveredAt: string | null;
  days: number;
  daysEmpty: number;
  receipts: number;
  totalPence: number;
  reconciledReceipts: number;
  quarantinedRows: number;
  quarantinedPence: number;
}

/** What was expected of a café in the period, what came, and how good it was. Money is whole pence, dates are ascending. */
export interface CafeDeliveries {
  cafeId: number;
  name: string;
  region: string;
  daysExpected: number;
  daysIn: number;
  daysEmpty: number;
  missingDates: string[];
  closedDates: { date: string; reason: string }[];
  restatedDates: string[];
  receipts: number;
  totalPence: number;
  reconciledReceipts: number;
  /** UTC, as the warehouse writes it. */
  deliveredAt: string | null;
  quarantinedRows: number;
  quarantinedPence: number;
}

/** Every café asked about, by name. */
export async function readDeliveries(question: Question): Promise<CafeDeliveries[]> {
  const rows = await question.query<DaysRow>(statement, { comparison: null });
  const rowsOf = Map.groupBy(rows, (row) => row.cafeId);
  return question.cafes.flatMap(({ cafeId, name, region }) => {
    const own = rowsOf.get(cafeId);
    return own ? [{ cafeId, name, region, ...deliveriesOf(own) }] : [];
  });
}

function deliveriesOf(rows: readonly DaysRow[]): Omit<CafeDeliveries, "cafeId" | "name" | "region"> {
  const inState = (state: string) => rows.filter((row) => row.state === state);
  const sum = (some: readonly DaysRow[], figure: (row: DaysRow) => number) =>
    some.reduce((total, row) => total + figure(row), 0);
  const daysIn = sum(inState("in"), ({ days }) => days);
  return {
    daysExpected: daysIn + sum(inState("missing"), ({ days }) => days),
    daysIn,
    daysEmpty: sum(inState("in"), (row) => row.daysEmpty),
    missingDates: datesOf(inState("missing")),
    closedDates: inState("closed")
      .map(({ date, closureReason }) => ({ date: date ?? "", reason: closureReason ?? "" }))
      .sort((one, other) => (one.date < other.date ? -1 : 1)),
    restatedDates: datesOf(rows.filter((row) => row.isRestated === 1)),
    receipts: sum(rows, (row) => row.receipts),
    totalPence: sum(rows, (row) => row.totalPence),
    reconciledReceipts: sum(rows, (row) => row.reconciledReceipts),
    deliveredAt:
      rows
        .flatMap(({ deliveredAt }) => deliveredAt ?? [])
        .sort()
        .at(-1) ?? null,
    quarantinedRows: sum(rows, (row) => row.quarantinedRows),
    quarantinedPence: sum(rows, (row) => row.quarantinedPence),
  };
}

function datesOf(rows: readonly DaysRow[]): string[] {
  return rows.flatMap(({ date }) => date ?? []).sort();
}
