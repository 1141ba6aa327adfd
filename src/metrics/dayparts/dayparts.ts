import { changeOf, changeOfRatio } from "../comparison/comparison.ts";
import type { Metric } from "../metric.ts";
import { statementOf } from "../statement.ts";
import { type DaypartsAnswer, daypartsAnswer } from "./schema.ts";

const hoursStatement = statementOf(new URL("./hours.sql", import.meta.url));

/** A part of the day, by the hours of the wall clock. */
interface PartOfDay {
  fromHour: number;
  /** Not included; 24 is midnight. */
  toHour: number;
}

/** What adds up from parts of the day to the whole of it. */
interface Figures {
  receipts: number;
  items: number;
  pence: number;
  nowReceipts: number;
  beforeReceipts: number;
  nowItems: number;
  beforeItems: number;
  nowPence: number;
  beforePence: number;
}

const nothing: Figures = {
  receipts: 0,
  items: 0,
  pence: 0,
  nowReceipts: 0,
  beforeReceipts: 0,
  nowItems: 0,
  beforeItems: 0,
  nowPence: 0,
  beforePence: 0,
};

/** Which parts of the day make the sales? */
export const dayparts: Metric<Record<never, never>, DaypartsAnswer> = {
  name: "dayparts",
  question: "Which parts of the day make the sales, and how does that change?",
  formula:
    "Sums of receipt totals, receipts and items by the hour of the receipt. Average spend = sales / receipts; items a receipt = " +
    "items / receipts; share = sales / sales of the whole day. Changes are like for like.",
  grain: "A part of the day, over the cafés asked about.",
  units: "Pence; receipts; items; mean pence a receipt; mean items a receipt; ratio.",
  suppression: "None: totals of cafés.",
  answer: daypartsAnswer,
  table: "dayparts",
  async run(question) {
    const [head, rows] = await Promise.all([question.head(), question.query<Figures & PartOfDay>(hoursStatement)]);
    const total = rows.reduce<Figures>(added, nothing);
    const compared = head.comparison !== null;
    return {
      ...head,
      dayparts: rows.map((row) => ({
        fromHour: row.fromHour,
        toHour: row.toHour,
        share: total.pence === 0 ? null : row.pence / total.pence,
        ...shown(row, compared),
      })),
      total: shown(total, compared),
    };
  },
};

function added(one: Figures, other: Figures): Figures {
  const sum = { ...nothing };
  for (const name of Object.keys(nothing) as (keyof Figures)[]) sum[name] = one[name] + other[name];
  return sum;
}

function shown(row: Figures, compared: boolean): DaypartsAnswer["total"] {
  const { nowPence, nowReceipts, nowItems, beforePence, beforeReceipts, beforeItems } = row;
  return {
    totalPence: row.pence,
    receipts: row.receipts,
    items: row.items,
    averageSpendPence: row.receipts === 0 ? null : row.pence / row.receipts,
    itemsPerReceipt: row.receipts === 0 ? null : row.items / row.receipts,
    salesChange: compared ? changeOf(nowPence, beforePence) : null,
    receiptsChange: compared ? changeOf(nowReceipts, beforeReceipts) : null,
    averageSpendChange: changeOfRatio(nowPence, nowReceipts, beforePence, beforeReceipts),
    itemsPerReceiptChange: changeOfRatio(nowItems, nowReceipts, beforeItems, beforeReceipts),
  };
}
