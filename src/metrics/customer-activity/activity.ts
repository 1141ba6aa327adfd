import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { type Breakdown, byCafe, newIsKnownFrom, publishing } from "../suppression/permitted.ts";
import type { Cells, Published } from "../suppression/withheld.ts";
import { sideParams, spendingParams } from "./sides.ts";

const statements = {
  visits: statementOf(new URL("./visits.sql", import.meta.url)),
  segments: statementOf(new URL("./segments.sql", import.meta.url)),
  spending: statementOf(new URL("./spending.sql", import.meta.url)),
  worth: statementOf(new URL("./worth.sql", import.meta.url)),
};

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
  /** Null where only visits were asked about. */
  segment: (typeof segments)[number] | null;
  /** Null in the rows that say what was spent, which count no customers. */
  band: (typeof visitBands)[number] | null;
  /** Of those gone quiet. */
  absence: (typeof absences)[number] | null;
  customers: number;
  /** Days with a receipt, of each customer. */
  visits: number;
  totalPence: number;
  worthPence: number;
}

interface ReadRow {
  isNow: 0 | 1;
  groupId: number;
  isCard: boolean;
  /** The place in {@link segments}; of those gone quiet, together with the place in {@link absences}. */
  segmentNo?: number;
  visits: number | null;
  customers: number;
  totalPence?: number;
  worthPence?: number;
}

/** How much a metric needs to know; the less, the faster. */
interface ActivityWanted {
  withNames: boolean;
  /** The question over the weeks before, where they are compared with. */
  before: Question | null;
  /** Visits alone, where that is enough; segments too; what each spent in the period; or what those gone quiet are worth. */
  about: keyof typeof statements;
}

/**
 * Everybody with a receipt in the question's period, described; worked out once for all metrics that ask alike. At head office, of
 * what is not wanted there is nothing: no segments where visits are, and nobody but those not seen lately where worth is.
 */
export async function readActivity(question: Question, { withNames, before, about }: ActivityWanted) {
  // Below head office, what may be shown depends on all segments.
  const wanted = about === "visits" && !question.isHeadOffice ? "segments" : about;
  const everybody = about !== "worth" || !question.isHeadOffice;
  return await question.once(`customer-activity ${withNames} ${before?.period.from} ${wanted}`, async () => {
    const rows = await question.query<ReadRow>(statements[wanted], {
      comparison: before?.period ?? null,
      params: {
        by_cafe: byCafe(question),
        with_names: withNames ? 1 : 0,
        new_known_from: newIsKnownFrom(question),
        everybody: everybody ? 1 : 0,
        ...sideParams(question.period, before?.period ?? null),
        ...spendingParams(question.period),
      },
    });
    return inBands(rows);
  });
}

function inBands(rows: readonly ReadRow[]): ActivityRow[] {
  const cells = new Map<string, ActivityRow>();
  for (const { isNow, groupId, isCard, segmentNo, visits, customers, totalPence = 0, worthPence = 0 } of rows) {
    const band = visits === null ? null : bandOf(visits);
    const key = `${isNow} ${groupId} ${isCard} ${segmentNo} ${band}`;
    const segment = segmentNo === undefined ? null : (segments[segmentNo] ?? "gone_quiet");
    const absence = absences[(segmentNo ?? 0) - segments.indexOf("gone_quiet")] ?? null;
    const nobody = {
      isNow,
      groupId,
      isCard,
      segment,
      band,
      absence,
      customers: 0,
      visits: 0,
      totalPence: 0,
      worthPence: 0,
    };
    const cell = cells.get(key) ?? nobody;
    cells.set(key, cell);
    cell.customers += customers;
    cell.visits += customers * (visits ?? 0);
    cell.totalPence += totalPence;
    cell.worthPence += worthPence;
  }
  return [...cells.values()];
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
