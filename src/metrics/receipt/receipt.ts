import type { z } from "zod";
import { NotInScopeError } from "../errors.ts";
import type { Metric } from "../metric.ts";
import { statementOf } from "../statement.ts";
import { type ReceiptAnswer, receiptAnswer, type receiptParams } from "./schema.ts";

const linesStatement = statementOf(new URL("./lines.sql", import.meta.url));

interface LineRow {
  receiptId: string;
  cafeId: number;
  cafeName: string;
  region: string;
  businessDate: string;
  occurredAt: string;
  totalPence: number;
  paymentMethod: string;
  items: number;
  reconciled: boolean;
  lineNumber: number | null;
  productName: string | null;
  flavour: string | null;
  size: string | null;
  category: string | null;
  pricePence: number | null;
}

/** One receipt with its lines. The question's period plays no part. */
export const receipt: Metric<z.output<typeof receiptParams>, ReceiptAnswer> = {
  name: "receipt",
  question: "What is on this receipt?",
  formula: "The receipt's lines as the till wrote them.",
  grain: "A line.",
  units: "Pence; local time.",
  suppression: "No customer, ever.",
  answer: receiptAnswer,
  table: "lines",
  async run(question, { receipt: receiptId }) {
    const lines = await question.query<LineRow>(linesStatement, {
      comparison: null,
      params: { receipt_id: receiptId },
    });
    const [head] = lines;
    if (!head) throw new NotInScopeError(`receipt ${receiptId}`);
    return {
      cafe: { cafeId: head.cafeId, name: head.cafeName, region: head.region },
      date: head.businessDate,
      trust: await question.at(head.cafeId, head.businessDate).trust(),
      receiptId: head.receiptId,
      time: head.occurredAt.slice(11, 19),
      totalPence: head.totalPence,
      paymentMethod: head.paymentMethod,
      items: head.items,
      reconciled: head.reconciled,
      linesPence: lines.reduce((total, line) => total + (line.pricePence ?? 0), 0),
      lines: lines.flatMap((line) =>
        line.lineNumber === null
          ? []
          : [
              {
                lineNumber: line.lineNumber,
                name: line.productName ?? "",
                flavour: line.flavour,
                size: line.size ?? "standard",
                category: line.category ?? "",
                pricePence: line.pricePence,
              },
            ],
      ),
    };
  },
};
