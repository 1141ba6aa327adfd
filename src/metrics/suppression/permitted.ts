import { addDays, laterOf, weekdayOf } from "#core/day.ts";
import { NoDataError, ParameterError } from "../errors.ts";
import { periodOf } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { type Cells, type Published, publish } from "./withheld.ts";

const identifiedWeeksStatement = statementOf(new URL("./identified-weeks.sql", import.meta.url));

/** How long a breakdown of customers looks back: a quarter of a year, so that somebody who comes once a month is seen. */
const breakdownWeeks = 13;

/** First days of the data in which a customer's first receipt does not mean that they are new. */
const daysUntilNewIsKnown = 28;

/**
 * The question over the whole weeks (from Monday) of its period; where it holds none, over the last whole week up to its end.
 * Customer figures answer for whole weeks: days could be told apart by subtraction.
 *
 * @throws ParameterError when somebody below head office asks about more than one café or region
 * @throws NoDataError when there is no whole week yet
 */
export function inWholeWeeks(question: Question): Question {
  requireOneCafeOrRegion(question);
  const { period, dates } = question;
  const to = lastSunday(period.to);
  const monday = addDays(period.from, (8 - weekdayOf(period.from)) % 7);
  const from = monday < to ? monday : addDays(to, -6);
  if (from < dates.first)
    throw new NoDataError("Customer figures answer for whole weeks, and there is none up to this day.");
  return question.over(periodOf(from, to));
}

/**
 * The question over the 13 weeks that a breakdown of customers answers for: those up to the last whole week of its period.
 * Below head office they begin and end with a week in which somebody was identified. So no two such periods are contained in one
 * another, neither by their dates nor by who came in them, and nothing can be learned by subtracting one from the other.
 *
 * @throws NoDataError when there are no such weeks
 */
export async function inBreakdownWeeks(question: Question): Promise<Question> {
  const weekly = inWholeWeeks(question);
  const { to } = weekly.period;
  const { first } = question.dates;
  if (question.isHeadOffice) {
    const from = addDays(to, 1 - 7 * breakdownWeeks);
    return weekly.over(periodOf(laterOf(from, first), to));
  }
  const rows = await weekly.query<{ weekStart: string }>(identifiedWeeksStatement, { comparison: null });
  const weeks = new Set(rows.map(({ weekStart }) => weekStart));
  for (const { weekStart } of rows) {
    const from = addDays(weekStart, -7 * (breakdownWeeks - 1));
    if (from >= first && weeks.has(from)) return weekly.over(periodOf(from, addDays(weekStart, 6)));
  }
  throw new NoDataError(
    `A breakdown of customers needs ${breakdownWeeks} whole weeks with cards, and there are not as many yet.`,
  );
}

/** The 13 weeks before a breakdown's; null where a breakdown could not answer for them. */
export async function breakdownBefore(question: Question): Promise<Question | null> {
  const to = addDays(question.period.from, -1);
  if (addDays(to, 1 - 7 * breakdownWeeks) < question.dates.first) return null;
  const before = question.over(periodOf(addDays(to, 1 - 7 * breakdownWeeks), to));
  if (question.isHeadOffice) return before;
  const permitted = await inBreakdownWeeks(before).catch((error) => {
    if (error instanceof NoDataError) return null;
    throw error;
  });
  return permitted?.period.to === to ? permitted : null;
}

/** The first day on which a first receipt is somebody new, rather than somebody who came before the data began. */
export function newIsKnownFrom({ dates }: Question): string {
  return addDays(dates.first, daysUntilNewIsKnown);
}

/** Whether each café has to be counted by itself too, to know what its own answer would show. */
export function byCafe({ isHeadOffice, scope }: Question): 0 | 1 {
  return isHeadOffice || scope.locationIds.length < 2 ? 0 : 1;
}

/** A breakdown of a group of cafés (0: all asked about; else the café of that id), with or without those known by a name. */
export type Breakdown<Result> = (group: number, withNames: boolean) => Result;

/**
 * A breakdown as the caller may see it: whole at head office, else without cells that are too few or give away too few. An
 * answer with names contains the one without, and a region's those of its cafés.
 *
 * @param further what other metrics show of customers who are also in these cells, under the same names
 */
export function publishing(
  question: Question,
  cellsOf: Breakdown<Cells>,
  further: Breakdown<Published[]> = () => [],
): Breakdown<Published> {
  if (question.isHeadOffice) return (group, withNames) => ({ cells: cellsOf(group, withNames), hidden: new Set() });
  const cafes = byCafe(question) === 1 ? question.scope.locationIds : [];
  const published: Breakdown<Published> = (group, withNames) => {
    const parts = group === 0 ? cafes : [];
    const within: [number, boolean][] = [
      ...parts.map((cafe): [number, boolean] => [cafe, false]),
      ...(withNames ? [group, ...parts].map((cafes): [number, boolean] => [cafes, cafes !== group]) : []),
    ];
    return publish(cellsOf(group, withNames), [
      ...within.flatMap(([cafes, named]) => [published(cafes, named), ...further(cafes, named)]),
      ...further(group, withNames),
    ]);
  };
  return published;
}

function requireOneCafeOrRegion({ isHeadOffice, isOneCafeOrRegion }: Question): void {
  if (isHeadOffice || isOneCafeOrRegion) return;
  throw new ParameterError(
    "cafe",
    "Customer figures answer for one café or one whole region at a time.",
    "Choose a café or a region.",
  );
}

function lastSunday(date: string): string {
  return addDays(date, -(weekdayOf(date) % 7));
}
