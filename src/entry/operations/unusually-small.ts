import { addDays, laterOf } from "#core/day.ts";
import { InfinityError } from "#core/errors.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { Scope } from "#core/scope.ts";
import { longestPeriod } from "#metrics/period.ts";
import { statementOf } from "#metrics/statement.ts";
import { count, counted, dayName } from "../words.ts";

const statement = statementOf(new URL("./unusually-small.sql", import.meta.url));

/** The most days that a message names. */
const namedAtMost = 3;

type Reader = Pick<Warehouse, "query">;

/** A café's day with a delivery far smaller than usual (metrics/models/unusually_small.sql has the rule). */
export interface UnusuallySmallDay {
  cafeId: number;
  cafe: string;
  date: string;
  receipts: number;
  usualReceipts: number;
}

/** The unusually small deliveries of these days, of every café, latest first; with `runId`, those of files that run loaded. */
export async function readUnusuallySmall(
  warehouse: Reader,
  { from, to, runId = null }: { from: string; to: string; runId?: string | null },
): Promise<UnusuallySmallDay[]> {
  const cafes = await warehouse.query<{ location_id: number }>("select location_id from locations");
  const everyone = new Scope(cafes.map((cafe) => cafe.location_id));
  const rows = await warehouse.query<{
    location_id: number;
    name: string;
    date: string;
    receipts: number;
    usual_receipts: number;
  }>(statement, { granted_locations: everyone.asParameter(), from, to, run_id: runId });
  return rows.map(({ location_id: cafeId, name: cafe, usual_receipts: usualReceipts, date, receipts }) => {
    return { cafeId, cafe, date, receipts, usualReceipts };
  });
}

/**
 * Tells of the unusually small deliveries that a run loaded, in one problem however many there are. They stay loaded and the run
 * stays as it ended: so it does if they cannot be looked for, which is told instead.
 */
export async function tellUnusuallySmall(
  warehouse: Reader,
  runId: string,
  onProblem: (problem: InfinityError) => void,
): Promise<void> {
  try {
    const days = await loadedBy(warehouse, runId);
    if (days.length > 0) onProblem(problemOf(days));
  } catch (error) {
    if (!(error instanceof InfinityError)) throw error;
    onProblem(error);
  }
}

async function loadedBy(warehouse: Reader, runId: string): Promise<UnusuallySmallDay[]> {
  const [loaded] = await warehouse.query<{ first: string | null; last: string | null }>(
    `select min(deliveries.business_date) as first, max(deliveries.business_date) as last
     from deliveries
     join files on files.file_id = deliveries.file_id
     where deliveries.counted and files.run_id = $run_id`,
    { run_id: runId },
  );
  if (!loaded?.first || !loaded.last) return [];
  return await readUnusuallySmall(warehouse, { from: loaded.first, to: loaded.last, runId });
}

function problemOf(days: readonly UnusuallySmallDay[]): InfinityError {
  const [latest] = days as [UnusuallySmallDay];
  if (days.length === 1) {
    const { cafe, date, receipts, usualReceipts } = latest;
    return new InfinityError(
      `${cafe} delivered ${receiptsWords(receipts)} for ${dayName(date)}, far below its usual ${count(usualReceipts)}.`,
      `Look whether its file was cut off; \`npx infinity why --cafe ${asWord(cafe)} --date ${date}\` shows it.`,
    );
  }
  const named = days.slice(0, namedAtMost).map(({ cafe, date, receipts, usualReceipts }) => {
    return `${cafe} for ${dayName(date)} (${receiptsWords(receipts)}, usually ${count(usualReceipts)})`;
  });
  const rest = days.length - named.length;
  const names =
    rest > 0 ? `${named.join(", ")} and ${count(rest)} more` : `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
  const first = laterOf(days.at(-1)?.date ?? latest.date, addDays(latest.date, 1 - longestPeriod));
  const listing = `npx infinity metric deliveries --from ${first} --to ${latest.date} --table unusuallySmall`;
  return new InfinityError(
    `${counted(days.length, "delivery", "deliveries")} are far smaller than usual: ${names}.`,
    `Look whether their files were cut off; \`${listing}\` lists them.`,
  );
}

/** "12 receipts", "1 receipt", "no receipts". */
export function receiptsWords(receipts: number): string {
  return receipts === 0 ? "no receipts" : counted(receipts, "receipt");
}

/** A café's name as a shell takes it for one word. */
function asWord(name: string): string {
  return /^[\p{L}\p{N}-]+$/u.test(name) ? name : `"${name}"`;
}
