import type { Trust } from "../../../src/api/contract/index.ts";
import { shortDay } from "../format/date.ts";
import { count, fineShare } from "../format/number.ts";
import { plural } from "../format/words.ts";

/** What a badge speaks of: all of an answer's trust, or only what arrived on the days that a chart draws. */
export type Arrived = Pick<Trust, "cafeDaysIn" | "cafeDaysExpected"> &
  Partial<Pick<Trust, "cafesIn" | "cafesExpected" | "reconciledShare" | "restated">>;

export type TrustState = "ok" | "warn" | "bad" | "none";

/** Whether nothing was expected: every café was closed, and what is not there is not missing. */
export function nothingExpected({ cafeDaysExpected }: Arrived): boolean {
  return cafeDaysExpected === 0;
}

/** Whether all that was expected has arrived. */
export function trustState(arrived: Arrived): TrustState {
  if (nothingExpected(arrived)) return "none";
  if (arrived.cafeDaysIn === 0) return "bad";
  return arrived.cafeDaysIn < arrived.cafeDaysExpected ? "warn" : "ok";
}

/** How much of what was expected is in: of cafés for a day, of café-days for longer. */
export function arrivedText(arrived: Arrived): string {
  if (nothingExpected(arrived)) return "No café was expected";
  const { cafesIn, cafesExpected, cafeDaysIn, cafeDaysExpected } = arrived;
  return isOneDay(arrived) && cafesIn !== undefined && cafesExpected !== undefined
    ? `${count(cafesIn)} of ${count(cafesExpected)} ${plural(cafesExpected, "café")} in`
    : `${count(cafeDaysIn)} of ${count(cafeDaysExpected)} ${plural(cafeDaysExpected, "café-day")} in`;
}

/** What else there is to say: 99.7 % reconciled, Tue 3 Mar restated. The short badges leave the second out. */
export function trustDetails(arrived: Arrived, short: boolean, today: string | undefined): string[] {
  const restated = isOneDay(arrived) ? arrived.restated?.[0] : undefined;
  return [
    arrived.reconciledShare == null ? "" : `${fineShare(arrived.reconciledShare)} reconciled`,
    !short && restated ? `${shortDay(restated.date, today)} restated` : "",
  ].filter(Boolean);
}

function isOneDay({ cafeDaysExpected, cafesExpected }: Arrived): boolean {
  return cafeDaysExpected === cafesExpected;
}
