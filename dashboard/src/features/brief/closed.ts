import type { CafeAnswer, DeliveriesAnswer } from "../../../../src/api/contract/index.ts";
import { type Day, shortDay } from "../../format/date.ts";
import { listOf } from "../../format/words.ts";

type Closures = Pick<DeliveriesAnswer["cafes"][number], "state" | "closedDates">;

/** What a deck says when no café was expected to deliver. */
export const NOTHING_EXPECTED = "No delivery was expected, so nothing is missing.";

interface Facts {
  cafes: readonly Pick<CafeAnswer, "name" | "openedOn" | "closedOn">[];
  everyCafe: boolean;
  period: { from: Day; to: Day };
  /** The same cafés' deliveries, which know of planned closures; undefined until they have been asked. */
  deliveries: readonly Closures[] | undefined;
}

/** Why nothing was expected: Belfast closed on Sat 26 Sep 2026; All cafés were closed, as planned (Christmas Day). */
export function whyClosed({ cafes, everyCafe, period, deliveries = [] }: Facts): string {
  const planned = deliveries.filter(({ state }) => state === "closed");
  const [only, another] = cafes;
  if (planned.length > 0) {
    const who = only && !another ? `${only.name} was` : everyCafe ? "All cafés were" : "These cafés were";
    return `${who} closed, as planned${closureReasons(planned)}`;
  }
  if (!only || another) return "No café was open on these days";
  if (only.closedOn && only.closedOn <= period.from) return `${only.name} closed on ${shortDay(only.closedOn)}`;
  if (only.openedOn && only.openedOn > period.to) return `${only.name} only opened on ${shortDay(only.openedOn)}`;
  return `${only.name} was not open`;
}

/** Why cafés were closed as planned, in brackets: (Christmas Day). Empty where nobody wrote a reason. */
export function closureReasons(cafes: readonly Closures[]): string {
  const reasons = [...new Set(cafes.flatMap(({ closedDates }) => closedDates.map(({ reason }) => reason)))].filter(
    Boolean,
  );
  return reasons.length > 0 ? ` (${listOf(reasons)})` : "";
}
