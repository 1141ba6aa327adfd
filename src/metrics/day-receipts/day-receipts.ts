import type { z } from "zod";
import { NotInScopeError } from "../errors.ts";
import type { Metric } from "../metric.ts";
import { statementOf } from "../statement.ts";
import { type DayReceiptsAnswer, dayReceiptsAnswer, type dayReceiptsParams } from "./schema.ts";

const receiptsStatement = statementOf(new URL("./receipts.sql", import.meta.url));
const totalsStatement = statementOf(new URL("./totals.sql", import.meta.url));

interface ReceiptRow {
  receiptId: string;
  occurredAt: string;
  totalPence: number;
  paymentMethod: string;
  items: number;
  reconciled: boolean;
}

/** The receipts of one café and day: the question's period is that day, its scope that café. */
export const dayReceipts: Metric<z.output<typeof dayReceiptsParams>, DayReceiptsAnswer> = {
  name: "day-receipts",
  question: "Which receipts make up a café's day?",
  formula: "The receipts that count, in order of time.",
  grain: "A receipt.",
  units: "Pence; local time.",
  suppression: "No customer, ever: a receipt with its customer would be a person's diary.",
  answer: dayReceiptsAnswer,
  table: "receipts",
  async run(question, { cafe: cafeId, page, pageSize }) {
    const cafe = question.cafes.find((known) => known.cafeId === cafeId);
    if (!cafe) throw new NotInScopeError(`café ${cafeId}`);
    const day = {
      comparison: null,
      params: { location_id: cafeId, page_size: pageSize, skipped: (page - 1) * pageSize },
    };
    const [trust, [totals], receipts] = await Promise.all([
      question.trust(),
      question.query<{ receipts: number; totalPence: number }>(totalsStatement, day),
      question.query<ReceiptRow>(receiptsStatement, day),
    ]);
    const totalReceipts = totals?.receipts ?? 0;
    return {
      cafe: { cafeId, name: cafe.name, region: cafe.region },
      date: question.period.from,
      trust,
      receipts: receipts.map(({ occurredAt, ...receipt }) => ({ ...receipt, time: occurredAt.slice(11, 19) })),
      totalReceipts,
      totalPence: totals?.totalPence ?? 0,
      page,
      pageSize,
      pages: Math.max(1, Math.ceil(totalReceipts / pageSize)),
    };
  },
};
