import type { z } from "zod";
import { addDays, mondayOf } from "#core/day.ts";
import type { Period } from "../answer.ts";
import type { Metric } from "../metric.ts";
import { periodOf } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { byCafe, inWholeWeeks, newIsKnownFrom, publishing } from "../suppression/permitted.ts";
import { type CohortsAnswer, cohortsAnswer, type cohortsParams } from "./schema.ts";

type Grain = CohortsAnswer["grain"];

const statements: Record<Grain, string> = {
  month: statementOf(new URL("./months.sql", import.meta.url)),
  week: statementOf(new URL("./weeks.sql", import.meta.url)),
};

const mostCohorts = 13;

interface CohortRow {
  groupId: number;
  isCard: boolean;
  firstVisit: string;
  seenIn: string;
  customers: number;
}

/** Do new customers come back? */
export const cohorts: Metric<z.output<typeof cohortsParams>, CohortsAnswer> = {
  name: "cohorts",
  question: "Do new customers come back?",
  formula:
    "A cohort is the customers whose first receipt at the cafés asked about falls into a week or month; returned are those of " +
    "them with a receipt in a later one. Whole weeks and months only. Nobody counts as new in the first 28 days of the data.",
  grain: "A cohort; a cohort and a later week or month.",
  units: "Customers; ratio.",
  suppression:
    "Below head office: one café or region; no cell under 10, nor one that leaves fewer than 10 who did not return.",
  answer: cohortsAnswer,
  table: "cells",
  async run(asked, { grain, names }) {
    const question = inWholeWeeks(asked);
    const starts = startsOf(asked, question.period.to, grain);
    const span = spanOf(starts, grain) ?? question.period;
    const [head, rows] = await Promise.all([
      question.over(span).head(),
      starts.length === 0 ? [] : readCohorts(question, grain, span),
    ]);
    const cohortRows = starts.map((firstVisit, index) => {
      const sizeOf = (group: number, withNames: boolean) => countOf(rows, group, withNames, firstVisit, firstVisit);
      const customers = sizeOf(0, names === "yes");
      const returned = starts.slice(index + 1).map((seenIn, place) => {
        const published = publishing(question, (group, withNames) => {
          const inCell = countOf(rows, group, withNames, firstVisit, seenIn);
          return new Map([
            ["returned", inCell],
            ["stayed away", sizeOf(group, withNames) - inCell],
          ]);
        })(0, names === "yes");
        const shown = published.hidden.has("returned") ? null : (published.cells.get("returned") ?? 0);
        return {
          later: place + 1,
          customers: shown,
          share: shown === null || customers === 0 ? null : shown / customers,
        };
      });
      return { firstVisit, customers, returned };
    });
    return {
      ...head,
      suppressed: !question.isHeadOffice,
      grain,
      newKnownFrom: newIsKnownFrom(question),
      cohorts: cohortRows,
      cells: cohortRows.flatMap(({ firstVisit, customers, returned }) =>
        returned.map(({ later, customers: back, share }) => ({ firstVisit, customers, later, returned: back, share })),
      ),
    };
  },
};

async function readCohorts(question: Question, grain: Grain, period: Period): Promise<CohortRow[]> {
  return await question.query<CohortRow>(statements[grain], {
    period,
    comparison: null,
    params: { by_cafe: byCafe(question) },
  });
}

/**
 * First days of the last 13 whole weeks or months up to the period's end, oldest first, from when newcomers can be told.
 */
function startsOf(asked: Question, lastSunday: string, grain: Grain): string[] {
  const known = newIsKnownFrom(asked);
  const starts: string[] = [];
  // A month may end after the last whole week.
  const end = grain === "month" ? asked.period.to : lastSunday;
  for (let start = startOf(end, grain); starts.length < mostCohorts && start >= known; start = before(start, grain)) {
    if (addDays(stepped(start, grain), -1) <= end) starts.unshift(start);
  }
  return starts;
}

function spanOf(starts: string[], grain: Grain): Period | null {
  const [first] = starts;
  const last = starts.at(-1);
  return first === undefined || last === undefined ? null : periodOf(first, addDays(stepped(last, grain), -1));
}

function startOf(date: string, grain: Grain): string {
  if (grain === "month") return `${date.slice(0, 7)}-01`;
  return mondayOf(date);
}

function stepped(start: string, grain: Grain): string {
  return grain === "month" ? startOf(addDays(start, 31), grain) : addDays(start, 7);
}

function before(start: string, grain: Grain): string {
  return startOf(addDays(start, -1), grain);
}

function countOf(rows: CohortRow[], group: number, withNames: boolean, firstVisit: string, seenIn: string): number {
  return rows
    .filter(
      (row) =>
        row.groupId === group && (row.isCard || withNames) && row.firstVisit === firstVisit && row.seenIn === seenIn,
    )
    .reduce((sum, row) => sum + row.customers, 0);
}
