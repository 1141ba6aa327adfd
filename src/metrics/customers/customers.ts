import { changeOf } from "../comparison/comparison.ts";
import type { Metric } from "../metric.ts";
import { addDays } from "../period.ts";
import type { Question } from "../question.ts";
import { readCustomers } from "../sales/customers.ts";
import { statementOf } from "../statement.ts";
import { inWholeWeeks, newIsKnownFrom } from "../suppression/permitted.ts";
import type { CustomerParams } from "../suppression/schema.ts";
import { type CustomersOfWeek, newcomersByWeek } from "./newcomers.ts";
import { type CustomersAnswer, customersAnswer } from "./schema.ts";

const weeksStatement = statementOf(new URL("./weeks.sql", import.meta.url));
const namedStatement = statementOf(new URL("./named.sql", import.meta.url));
const identifiedStatement = statementOf(new URL("./identified.sql", import.meta.url));

interface IdentifiedRow {
  weekStart: string;
  receipts: number;
  identifiedReceipts: number;
  totalPence: number;
  identifiedPence: number;
}

/** Who came, and who is new? */
export const customers: Metric<CustomerParams, CustomersAnswer> = {
  name: "customers",
  question: "How many customers can be told, and how many of them are new?",
  formula:
    "Identified: paid by a card or token. A customer is new in the week of their first receipt at the cafés asked about, and " +
    "returning in every other. Whole weeks from Monday. Nobody counts as new in the first 28 days of the data.",
  grain: "One figure for the period; a week.",
  units: "Customers; receipts; pence; ratio.",
  suppression: "Below head office: one café or region at a time. A café's own totals are shown.",
  answer: customersAnswer,
  table: "weeks",
  async run(asked, { names }) {
    const question = inWholeWeeks(asked);
    const withNames = names === "yes";
    const [head, cards, [named], weekRows, newRows, identified, newBefore] = await Promise.all([
      question.head(),
      readCustomers(question),
      question.query<{ customers: number }>(namedStatement, { comparison: null }),
      question.query<CustomersOfWeek>(weeksStatement, { comparison: null, params: { with_names: withNames ? 1 : 0 } }),
      newcomersByWeek(question),
      question.query<IdentifiedRow>(identifiedStatement, { comparison: null }),
      newcomersBefore(question),
    ]);
    const known = newIsKnownFrom(question);
    const counted = (rows: CustomersOfWeek[], weekStart?: string) =>
      rows
        .filter((row) => (row.isCard || withNames) && (weekStart === undefined || row.weekStart === weekStart))
        .reduce((sum, row) => sum + row.customers, 0);
    const namedCustomers = named?.customers ?? 0;
    const total = cards.customers + (withNames ? namedCustomers : 0);
    const newCustomers = question.period.from < known ? null : counted(newRows);
    const sum = (figure: (row: IdentifiedRow) => number) => identified.reduce((all, row) => all + figure(row), 0);
    const [receipts, identifiedReceipts] = [sum((row) => row.receipts), sum((row) => row.identifiedReceipts)];
    const [totalPence, identifiedPence] = [sum((row) => row.totalPence), sum((row) => row.identifiedPence)];
    const compared = question.compare === "none" ? null : cards[question.compare];
    return {
      ...head,
      receipts,
      identifiedReceipts,
      receiptsShare: shareOf(identifiedReceipts, receipts),
      totalPence,
      identifiedPence,
      salesShare: shareOf(identifiedPence, totalPence),
      customers: total,
      customersChange:
        compared === null || head.comparison === null || withNames
          ? null
          : changeOf(compared.nowIdentifiedCustomers, compared.beforeIdentifiedCustomers),
      newCustomers,
      newChange: newCustomers === null || newBefore === null ? null : changeOf(newCustomers, counted(newBefore)),
      returning: newCustomers === null ? null : total - newCustomers,
      visitsEach: shareOf(identifiedReceipts, cards.customers),
      namedCustomers,
      newKnownFrom: known,
      weeks: mondaysOf(question).map((weekStart) => {
        const seen = counted(weekRows, weekStart);
        const fresh = weekStart < known ? null : counted(newRows, weekStart);
        const week = identified.find((row) => row.weekStart === weekStart);
        return {
          weekStart,
          customers: seen,
          newCustomers: fresh,
          returning: fresh === null ? null : seen - fresh,
          receiptsShare: shareOf(week?.identifiedReceipts ?? 0, week?.receipts ?? 0),
        };
      }),
    };
  },
};

/** Newcomers of the counterpart; null where newcomers cannot be told then, or where not every café is compared on every day. */
async function newcomersBefore(question: Question): Promise<CustomersOfWeek[] | null> {
  const before = question.comparison;
  if (question.compare === "none" || before === null || before.from < newIsKnownFrom(question)) return null;
  const outcomes = await question.outcomes(question.compare);
  if (outcomes.some(({ outcome }) => outcome !== "compared" && outcome !== "bank_holiday")) return null;
  return await newcomersByWeek(question, before);
}

function mondaysOf({ period }: Question): string[] {
  return Array.from({ length: period.days / 7 }, (_, week) => addDays(period.from, 7 * week));
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
