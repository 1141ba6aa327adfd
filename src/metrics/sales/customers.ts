import { type ComparisonKind, comparisonKind } from "../answer.ts";
import type { OutcomeRow, Sides } from "../comparison/comparison.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";

const customersStatement = statementOf(new URL("./customers.sql", import.meta.url));
const comparedCustomersStatement = statementOf(new URL("./compared-customers.sql", import.meta.url));

type CustomerSides = Pick<Sides, "nowIdentifiedCustomers" | "beforeIdentifiedCustomers">;

/** Different customers known by a card or token, over all cafés and days: in the period, and like for like. */
export interface IdentifiedCustomers extends Record<ComparisonKind, CustomerSides> {
  customers: number;
}

interface CustomersRow {
  customers: number;
  weekNow: number;
  weekBefore: number;
  yearNow: number;
  yearBefore: number;
}

/**
 * Receipts are many and only they tell who came, so they are read once for everything. That will do where each café is compared on
 * all of its days or on none; a comparison with odd days missing is asked for by itself.
 */
export async function readCustomers(question: Question): Promise<IdentifiedCustomers> {
  const [week, year] = await Promise.all([question.outcomes("week"), question.outcomes("year")]);
  const weekDays = question.counterpart("week");
  const yearDays = question.counterpart("year");
  const [[row], ...odd] = await Promise.all([
    question.query<CustomersRow>(customersStatement, {
      comparison: null,
      params: {
        week_cafes: comparedWholly(question, week).asParameter(),
        year_cafes: comparedWholly(question, year).asParameter(),
        week_from: weekDays.from,
        week_to: weekDays.to,
        year_from: yearDays.from,
        year_to: yearDays.to,
      },
    }),
    ...comparisonKind.options.map((kind) => oddDays(question, kind, kind === "week" ? week : year)),
  ]);
  const [oddWeek, oddYear] = odd;
  return {
    customers: row?.customers ?? 0,
    week: oddWeek ?? { nowIdentifiedCustomers: row?.weekNow ?? 0, beforeIdentifiedCustomers: row?.weekBefore ?? 0 },
    year: oddYear ?? { nowIdentifiedCustomers: row?.yearNow ?? 0, beforeIdentifiedCustomers: row?.yearBefore ?? 0 },
  };
}

function comparedWholly(question: Question, outcomes: OutcomeRow[]) {
  return question.scope.narrow(outcomes.filter((row) => row.outcome === "compared").map((row) => row.cafeId));
}

/** Both sides day by day, where a café is compared on some of its days only; null where none is. */
async function oddDays(
  question: Question,
  kind: ComparisonKind,
  outcomes: OutcomeRow[],
): Promise<CustomerSides | null> {
  const compared = comparedWholly(question, outcomes);
  if (!outcomes.some((row) => row.outcome !== "compared" && compared.has(row.cafeId))) return null;
  const comparison = question.counterpart(kind);
  const rows = await question.query<{ isNow: number; customers: number }>(comparedCustomersStatement, { comparison });
  const onSide = (isNow: number) => rows.find((side) => side.isNow === isNow)?.customers ?? 0;
  return { nowIdentifiedCustomers: onSide(1), beforeIdentifiedCustomers: onSide(0) };
}
