import { addDays } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { type Breakdown, byCafe, newIsKnownFrom, publishing } from "../suppression/permitted.ts";
import type { Cells, Published } from "../suppression/withheld.ts";

const activityStatement = statementOf(new URL("./activity.sql", import.meta.url));

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

/** Visits in 13 weeks. */
export const visitBands = ["1", "2", "3-5", "6-12", "13+"] as const;

/** Days since the last visit; lapsing begins at 21. */
export const absences = ["21-27", "28-41", "42+"] as const;

/** Customers of a group of cafés with the same segment, visits and absence. Money is whole pence. */
export interface ActivityRow {
  groupId: number;
  isCard: boolean;
  segment: (typeof segments)[number];
  visits: (typeof visitBands)[number];
  absence: (typeof absences)[number] | "0-20";
  customers: number;
  receipts: number;
  totalPence: number;
  worthPence: number;
}

/** Everybody with a receipt in the question's period, described; worked out once for all metrics that ask. */
export async function readActivity(question: Question): Promise<ActivityRow[]> {
  const newIsKnown = addDays(question.period.to, -27) >= newIsKnownFrom(question) ? 1 : 0;
  return await question.once("customer-activity", () =>
    question.query<ActivityRow>(activityStatement, {
      comparison: null,
      params: { by_cafe: byCafe(question), new_is_known: newIsKnown },
    }),
  );
}

/** The rows of a group of cafés: those with a card, and on demand those known only by a name. */
export function rowsOfGroup(rows: readonly ActivityRow[], group: number, withNames: boolean): ActivityRow[] {
  return rows.filter(({ groupId, isCard }) => groupId === group && (isCard || withNames));
}

/** Sums of rows. */
export function activitySum(rows: readonly ActivityRow[]) {
  const sum = { customers: 0, receipts: 0, totalPence: 0, worthPence: 0 };
  for (const row of rows) {
    sum.customers += row.customers;
    sum.receipts += row.receipts;
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
export function cellsBy<Key extends "segment" | "visits" | "absence">(
  rows: readonly ActivityRow[],
  key: Key,
  names: readonly string[],
): Cells {
  return new Map(names.map((name) => [name, activitySum(rows.filter((row) => row[key] === name)).customers]));
}
