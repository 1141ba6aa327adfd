import { daysBetween, laterOf } from "#core/day.ts";
import { type ComparisonKind, comparisonKind, type Period } from "../answer.ts";
import type { OutcomeRow, Sides } from "../comparison/comparison.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";

const ofReceipts = statementOf(new URL("./customers-of-receipts.sql", import.meta.url));
const ofMasks = statementOf(new URL("./customers-of-masks.sql", import.meta.url));
const comparedOfMasks = statementOf(new URL("./compared-customers-of-masks.sql", import.meta.url));

/** Looking through what is known of a customer takes as long as reading so many receipts: measured on the bench's year. */
export const receiptsACustomer = 0.7;

type CustomerSides = Pick<Sides, "nowIdentifiedCustomers" | "beforeIdentifiedCustomers">;

/** Different customers known by a card or token, over all cafés and days: in the period, and like for like. */
export interface IdentifiedCustomers extends Record<ComparisonKind, CustomerSides> {
  customers: number;
}

const nobody: CustomerSides = { nowIdentifiedCustomers: 0, beforeIdentifiedCustomers: 0 };

interface ReceiptsRow {
  customers: number;
  now: number;
  before: number;
  otherNow: number;
  otherBefore: number;
}

interface MasksRow {
  customers: number;
  weekNow: number;
  weekBefore: number;
  yearNow: number;
  yearBefore: number;
}

interface ComparedRow {
  customers: number;
  compared: number;
  counterpart: number;
}

/** What is compared of a kind. */
interface Compared {
  kind: ComparisonKind;
  /** Any café is compared at all. */
  isAny: boolean;
  /** Cafés with a day in the comparison, as scopes are written. */
  cafes: string;
  /** Some of them are not compared on all of their days. */
  hasOddDays: boolean;
}

/**
 * Counts customers once over everything, from receipts, which know their day, or from what is known of each customer, whose masks
 * know every day: whichever is less to look through.
 *
 * @param kinds the comparisons that are wanted; there is nobody on either side of another
 */
export async function readCustomers(
  question: Question,
  kinds: readonly ComparisonKind[] = comparisonKind.options,
): Promise<IdentifiedCustomers> {
  // The period and its counterparts.
  return (1 + kinds.length) * question.receiptsExpected <= receiptsACustomer * question.customersKnown
    ? await fromReceipts(question, kinds)
    : await fromMasks(question, kinds);
}

/** A long period has the same counterpart of either kind. */
async function fromReceipts(question: Question, kinds: readonly ComparisonKind[]): Promise<IdentifiedCustomers> {
  const [first, second] = kinds.map((kind) => question.counterpart(kind));
  const other = second?.from === first?.from ? undefined : second;
  const [row] = await question.query<ReceiptsRow>(ofReceipts, {
    comparison: first ?? null,
    params: {
      other_shift_days: other ? daysBetween(question.period.from, other.from) : null,
      other_from: other?.from ?? null,
      other_to: other?.to ?? null,
    },
  });
  const sidesOf = (kind: ComparisonKind): CustomerSides => {
    if (!row || !kinds.includes(kind)) return nobody;
    return question.counterpart(kind).from === other?.from
      ? { nowIdentifiedCustomers: row.otherNow, beforeIdentifiedCustomers: row.otherBefore }
      : { nowIdentifiedCustomers: row.now, beforeIdentifiedCustomers: row.before };
  };
  return { customers: row?.customers ?? 0, week: sidesOf("week"), year: sidesOf("year") };
}

function comparedOf(question: Question, kind: ComparisonKind, outcomes: readonly OutcomeRow[]): Compared {
  const cafes = question.scope.narrow(outcomes.filter((row) => row.outcome === "compared").map((row) => row.cafeId));
  const hasOddDays = outcomes.some((row) => row.outcome !== "compared" && cafes.has(row.cafeId));
  return { kind, isAny: cafes.locationIds.length > 0, cafes: cafes.asParameter(), hasOddDays };
}

/** A comparison with odd days missing is asked for by itself, and says how many there were in the period as well. */
async function fromMasks(question: Question, kinds: readonly ComparisonKind[]): Promise<IdentifiedCustomers> {
  const [week, year] = (await Promise.all(
    comparisonKind.options.map(async (kind) =>
      comparedOf(question, kind, kinds.includes(kind) ? await question.outcomes(kind) : []),
    ),
  )) as [Compared, Compared];
  const needsAll =
    !(week.hasOddDays || year.hasOddDays) || [week, year].some(({ isAny, hasOddDays }) => isAny && !hasOddDays);
  const [all, oddWeek, oddYear] = await Promise.all([
    needsAll ? question.query<MasksRow>(ofMasks, boundTo(question, week, year)) : [],
    oddDays(question, week),
    oddDays(question, year),
  ]);
  const { customers, ...sides } = fromRow(all);
  return {
    customers: oddWeek?.customers ?? oddYear?.customers ?? customers,
    week: oddWeek ?? sides.week,
    year: oddYear ?? sides.year,
  };
}

/** The period and both sides day by day, where a café is compared on some of its days only; null where none is. */
async function oddDays(question: Question, { kind, hasOddDays }: Compared) {
  if (!hasOddDays) return null;
  const comparison = question.counterpart(kind);
  const params = { in_one_year: areInOneYear(question, comparison) };
  const [row] = await question.query<ComparedRow>(comparedOfMasks, { comparison, params });
  const { customers = 0, compared = 0, counterpart = 0 } = row ?? {};
  return { customers, nowIdentifiedCustomers: compared, beforeIdentifiedCustomers: counterpart };
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
      in_one_year: areInOneYear(question, weekDays, yearDays),
    },
  };
}

/** 1 where the days with data of the period and of each counterpart are in one year each, else 0. */
function areInOneYear({ period, dates }: Question, ...counterparts: Period[]): 0 | 1 {
  const years = [period, ...counterparts].map(({ from, to }) => [laterOf(from, dates.first), to].map(yearOf));
  return years.every(([first = "", last = ""]) => first >= last) ? 1 : 0;
}

function yearOf(date: string): string {
  return date.slice(0, 4);
}

function fromRow([row]: readonly MasksRow[]): IdentifiedCustomers {
  return {
    customers: row?.customers ?? 0,
    week: { nowIdentifiedCustomers: row?.weekNow ?? 0, beforeIdentifiedCustomers: row?.weekBefore ?? 0 },
    year: { nowIdentifiedCustomers: row?.yearNow ?? 0, beforeIdentifiedCustomers: row?.yearBefore ?? 0 },
  };
}
