import { ProblemError } from "../data/api.ts";
import { inLondon, shortDay } from "../format/date.ts";

/** What a foot says of a figure that did not come: the number of what went wrong, if the server gave it one, and when it was asked. */
export function failureNote(error: Error, at: Date): string {
  const { day, time } = inLondon(at.toISOString());
  const when = `${shortDay(day, day)} ${time.slice(0, 5)}`;
  const id = error instanceof ProblemError ? error.problem.id : "";
  return id ? `Error ${id}, ${when}. Head office can look it up by this number.` : `Last asked ${when}.`;
}
