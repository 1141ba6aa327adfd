import type { Settings } from "#core/settings.ts";
import { minute } from "../units.ts";

/**
 * How long another run may go on before it is taken to be over, in milliseconds. Where queues and warehouse are the home's own,
 * only its owner works on them: a run that is not the owner's was killed, and is over at once. Anywhere else it may go on on
 * another machine.
 */
export function runDeadlineMs({
  transformQueue,
  loadQueue,
  warehouse,
  runDeadlineMinutes,
}: Pick<Settings, "transformQueue" | "loadQueue" | "warehouse" | "runDeadlineMinutes">): number {
  const isAlone = transformQueue === undefined && loadQueue === undefined && warehouse === undefined;
  return isAlone ? 0 : runDeadlineMinutes * minute;
}
