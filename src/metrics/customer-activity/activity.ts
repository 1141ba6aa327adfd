import { addDays } from "#core/day.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { type Breakdown, byCafe, newIsKnownFrom, publishing } from "../suppression/permitted.ts";
import type { Cells, Published } from "../suppression/withheld.ts";

const weeks = statementOf(new URL("./weeks.sql", import.meta.url));
const shared = statementOf(new URL("./shared.sql", import.meta.url));
const everybody = statementOf(new URL("./everybody.sql", import.meta.url));

/** Segments by recency, frequency and spend, in the order in which they are shown. */
export const segments = [
  "regulars",
  "frequent",
  "occasional",
  "new",
  "one_visit",
  "slipping_away",
  "gone_quiet",
] as const;

/** Visits in 13 weeks: days with a receipt. */
export const visitBands = ["1", "2", "3-5", "6-12", "13+"] as const;

/** Days since the last visit; lapsing begins at 21. */
export const absences = ["21-27", "28-41", "42+"] as const;

/** Customers of a group of cafés with the same segment, visits and absence. Money is whole pence. */
export interface ActivityRow {
  /** 1 for the question's period, 0 for the weeks before it. */
  isNow: 0 | 1;
  groupId: number;
  isCard: boolean;
  segment: (typeof segments)[number];
  band: (typeof visitBands)[number];
  /** Of those gone quiet. */
  absence: (typeof absences)[number] | null;
  customers: number;
  /** Days with a receipt, of each customer. */
  visits: number;
  /** What they spent; known of the question's period alone. */
  totalPence: number;
  /** What those gone quiet are worth a month; known where {@link totalPence} is. */
  worthPence: number;
}

interface ReadRow {
  isNow: 0 | 1;
  groupId: number;
  isCard: boolean;
  isNew: boolean;
  /** The place in {@link segments} if newness is left aside; of those gone quiet, together with the place in {@link absences}. */
  segmentNo: number;
  visits: number;
  customers: number;
  totalPence: number;
  worthPence: number;
}

interface ActivityWanted {
  withNames: boolean;
  /** The question over the weeks before, where they are compared with. */
  before: Question | null;
}

/**
 * Everybody with a receipt in the question's 13 weeks, described; worked out once for all metrics that ask alike. Of late weeks each café
 * was counted when it was loaded, and of customers who came to several cafés it is put right how often; of earlier weeks all are described now.
 *
 * @param question in breakdown weeks
 */
export async function readActivity(question: Question, { withNames, before }: ActivityWanted) {
  return await question.once(`customer-activity ${withNames} ${before?.period.from}`, async () => {
    const params = { by_cafe: byCafe(question), with_names: withNames ? 1 : 0 };
    const bound = (everybody: 0 | 1) => ({ comparison: before?.period ?? null, params: { ...params, everybody } });
    const [counted, again] = await Promise.all([
      question.query<ReadRow>(weeks, bound(0)),
      question.scope.locationIds.length < 2 ? [] : question.query<ReadRow>(shared, bound(0)),
    ]);
    const isCounted = new Set(counted.map(({ isNow }) => isNow)).size === (before ? 2 : 1);
    const rows = isCounted ? [...counted, ...again] : await question.query<ReadRow>(everybody, bound(1));
    const newIsKnown = [before, question].map((side) => side !== null && isNewKnown(side));
    return inBands(rows, newIsKnown);
  });
}

/** Whether all of the last 28 days are late enough to tell somebody new. */
function isNewKnown(question: Question): boolean {
  return addDays(question.period.to, -27) >= newIsKnownFrom(question);
}

function inBands(rows: readonly ReadRow[], newIsKnown: readonly boolean[]): ActivityRow[] {
  const cells = new Map<string, ActivityRow>();
  for (const { isNow, groupId, isCard, isNew, segmentNo, visits, customers, totalPence, worthPence } of rows) {
    const segment = isNew && newIsKnown[isNow] ? "new" : (segments[segmentNo] ?? "gone_quiet");
    const absence = segment === "gone_quiet" ? (absences[segmentNo - segments.indexOf("gone_quiet")] ?? null) : null;
    const band = bandOf(visits);
    const key = `${isNow} ${groupId} ${isCard} ${segment} ${absence} ${band}`;
    const nobody = { customers: 0, visits: 0, totalPence: 0, worthPence: 0 };
    const cell = cells.get(key) ?? { isNow, groupId, isCard, segment, band, absence, ...nobody };
    cells.set(key, cell);
    cell.customers += customers;
    cell.visits += customers * visits;
    cell.totalPence += isNow * totalPence;
    if (absence) cell.worthPence += isNow * worthPence;
  }
  return [...cells.values()].filter(({ customers }) => customers > 0);
}

function bandOf(visits: number): (typeof visitBands)[number] {
  if (visits <= 2) return visits === 1 ? "1" : "2";
  if (visits <= 5) return "3-5";
  return visits <= 12 ? "6-12" : "13+";
}

/** The rows of a side: the question's period, or the weeks before it. */
export function rowsOfSide(rows: readonly ActivityRow[], side: 0 | 1): ActivityRow[] {
  return rows.filter(({ isNow }) => isNow === side);
}

/** The rows of a group of cafés: those with a card, and on demand those known only by a name. */
export function rowsOfGroup(rows: readonly ActivityRow[], group: number, withNames: boolean): ActivityRow[] {
  return rows.filter(({ groupId, isCard }) => groupId === group && (isCard || withNames));
}

/** Sums of rows. */
export function activitySum(rows: readonly ActivityRow[]) {
  const sum = { customers: 0, visits: 0, totalPence: 0, worthPence: 0 };
  for (const row of rows) {
    sum.customers += row.customers;
    sum.visits += row.visits;
    sum.totalPence += row.totalPence;
    sum.worthPence += row.worthPence;
  }
  return sum;
}

/**
 * The segments as the caller may see them. How many are new is a total of its own, which the customers metric shows week by
 * week; so it is no cell that could hide another.
 */
export function publishSegments(question: Question, rows: readonly ActivityRow[]): Breakdown<Published> {
  const cells = segments.filter((segment) => segment !== "new");
  return publishing(question, (group, withNames) => cellsBy(rowsOfGroup(rows, group, withNames), "segment", cells));
}

/** How many customers are in each cell, by one of the descriptions; a cell with nobody is a cell. */
export function cellsBy<Key extends "segment" | "band" | "absence">(
  rows: readonly ActivityRow[],
  key: Key,
  names: readonly string[],
): Cells {
  return new Map(names.map((name) => [name, activitySum(rows.filter((row) => row[key] === name)).customers]));
}
