import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";

const statement = statementOf(new URL("./cafe-deliveries.sql", import.meta.url));

/** What was expected of a café in the period, what came, and how good it was. Money is whole pence. */
export interface CafeDeliveriesRow {
  cafeId: number;
  name: string;
  region: string;
  daysExpected: number;
  daysIn: number;
  daysEmpty: number;
  daysClosed: number;
  lastMissingOn: string | null;
  receipts: number;
  totalPence: number;
  reconciledReceipts: number;
  /** UTC, as the warehouse writes it. */
  deliveredAt: string | null;
  lastDeliveredOn: string | null;
  quarantinedRows: number;
  quarantinedPence: number;
}

/** Every café asked about, by name. */
export async function readDeliveries(question: Question): Promise<CafeDeliveriesRow[]> {
  return await question.query<CafeDeliveriesRow>(statement, { comparison: null });
}
