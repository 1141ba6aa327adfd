import { type ComparisonKind, comparisonKind } from "../answer.ts";
import type { OutcomeRow, Sides } from "../comparison/comparison.ts";
import { daysBetween } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";

const ofReceipts = statementOf(new URL("./customers-of-receipts.sql", import.meta.url));
const ofMasks = statementOf(new URL("./customers-of-masks.sql", import.meta.url));
const comparedOfMasks = statementOf(new URL("./compared-customers-of-masks.sql", import.meta.url));

/** Looking through what is known of a customer takes as long as reading so many receipts: measured on the sample chain. */
const receiptsACustomer = 2.5;

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

/** What is compared of a kind. */
interface Compared {
  kind: ComparisonKind;
  /** Cafés with a day in the comparison, as scopes are written. */
  cafes: string;
  /** Some of them are not compared on all of their days. */
  hasOddDays: boolean;
}

/**
 * Counts customers once over everything, from receipts, which know their day, or from what is known of each customer, whose masks
 * know every day: whichever is less to look through.
 */
export async function readCustomers(question: Question): Promise<IdentifiedCustomers> {
  const { receipts } = await question.trust();
  // The period and its two counterparts.
  return 3 * receipts <= receiptsACustomer * question.customersKnown
    ? await fromReceipts(question)
    : await fromMasks(question);
}

/** A long period has the same counterpart of either kind. */
async function fromReceipts(question: Question): Promise<IdentifiedCustomers> {
  const [week, year] = [question.counterpart("week"), question.counterpart("year")];
  const isOther = year.from !== week.from;
  const rows = await question.query<CustomersRow>(ofReceipts, {
    comparison: week,
    params: {
      other_shift_days: isOther ? daysBetween(question.period.from, year.from) : null,
      other_from: isOther ? year.from : null,
      other_to: isOther ? year.to : null,
    },
  });
  const sides = fromRow(rows);
  return isOther ? sides : { ...sides, year: sides.week };
}

function comparedOf(question: Question, kind: ComparisonKind, outcomes: readonly OutcomeRow[]): Compared {
  const cafes = question.scope.narrow(outcomes.filter((row) => row.outcome === "compared").map((row) => row.cafeId));
  const hasOddDays = outcomes.some((row) => row.outcome !== "compared" && cafes.has(row.cafeId));
  return { kind, cafes: cafes.asParameter(), hasOddDays };
}

/** A comparison with odd days missing is asked for by itself. */
async function fromMasks(question: Question): Promise<IdentifiedCustomers> {
  const [week, year] = (await Promise.all(
    comparisonKind.options.map(async (kind) => comparedOf(question, kind, await question.outcomes(kind))),
  )) as [Compared, Compared];
  const [all, oddWeek, oddYear] = await Promise.all([
    question.query<CustomersRow>(ofMasks, boundTo(question, week, year)),
    oddDays(question, week),
    oddDays(question, year),
  ]);
  const { customers, ...sides } = fromRow(all);
  return { customers, week: oddWeek ?? sides.week, year: oddYear ?? sides.year };
}

/** Both sides day by day, where a café is compared on some of its days only; null where none is. */
async function oddDays(question: Question, { kind, hasOddDays }: Compared): Promise<CustomerSides | null> {
  if (!hasOddDays) return null;
  const rows = await question.query<{ isNow: number; customers: number }>(comparedOfMasks, {
    comparison: question.counterpart(kind),
  });
  const onSide = (isNow: number) => rows.find((side) => side.isNow === isNow)?.customers ?? 0;
  return { nowIdentifiedCustomers: onSide(1), beforeIdentifiedCustomers: onSide(0) };
}

function boundTo(question: Question, week: Compared, year: Compared) {
  const weekDays = question.counterpart("week");
  const yearDays = question.counterpart("year");
  return {
    comparison: null,
    params: {
      week_cafes: week.cafes,
      year_cafes: year.cafes,
      week_from: weekDays.from,
      week_to: weekDays.to,
      year_from: yearDays.from,
      year_to: yearDays.to,
    },
  };
}

function fromRow([row]: readonly CustomersRow[]): IdentifiedCustomers {
  return {
    customers: row?.customers ?? 0,
    week: { nowIdentifiedCustomers: row?.weekNow ?? 0, beforeIdentifiedCustomers: row?.weekBefore ?? 0 },
    year: { nowIdentifiedCustomers: row?.yearNow ?? 0, beforeIdentifiedCustomers: row?.yearBefore ?? 0 },
  };
}
