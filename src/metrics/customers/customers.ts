import { addDays } from "#core/day.ts";
import type { Period } from "../answer.ts";
import { changeOf } from "../comparison/comparison.ts";
import type { Metric } from "../metric.ts";
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
    const known = newIsKnownFrom(question);
    // Newcomers cannot be told of earlier weeks.
    const before = question.comparison !== null && question.comparison.from >= known ? question.comparison : null;
    const [head, cards, [named], weekRows, firsts, identified, isWhole] = await Promise.all([
      question.head(),
      readCustomers(question, question.compare === "none" ? [] : [question.compare]),
      question.query<{ customers: number }>(namedStatement, { comparison: null }),
      question.query<CustomersOfWeek>(weeksStatement, { comparison: null, params: { with_names: withNames ? 1 : 0 } }),
      newcomersByWeek(question, before),
      question.query<IdentifiedRow>(identifiedStatement, { comparison: null }),
      isWholeCompared(question),
    ]);
    const counted = (rows: CustomersOfWeek[], weekStart?: string) =>
      rows
        .filter((row) => (row.isCard || withNames) && (weekStart === undefined || row.weekStart === weekStart))
        .reduce((sum, row) => sum + row.customers, 0);
    const newRows = within(question.period, firsts);
    const newBefore = before && isWhole ? within(before, firsts) : null;
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

/** Whether every café is compared on every day but bank holidays: else their newcomers are not those of the same days. */
async function isWholeCompared(question: Question): Promise<boolean> {
  if (question.compare === "none") return false;
  const outcomes = await question.outcomes(question.compare);
  return outcomes.every(({ outcome }) => outcome === "compared" || outcome === "bank_holiday");
}

function within({ from, to }: Period, weeks: CustomersOfWeek[]): CustomersOfWeek[] {
  return weeks.filter(({ weekStart }) => weekStart >= from && weekStart <= to);
}

function mondaysOf({ period }: Question): string[] {
  return Array.from({ length: period.days / 7 }, (_, week) => addDays(period.from, 7 * week));
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
