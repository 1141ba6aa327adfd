import { SettingError } from "#core/errors.ts";
import { readSettings, type Settings, variableOf } from "#core/settings.ts";
import { openParts, type Parts } from "../home/open-home.ts";

/** The one place of a function that can be written to. */
const lambdaHome = "/tmp/infinity";

/** The settings of a function: its environment's, and nothing else. */
export function lambdaSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const { INFINITY_HOME: home = lambdaHome, ...others } = environment;
  return readSettings({ environment: { ...others, INFINITY_HOME: home }, folder: home });
}

/**
 * On one machine, what is not set is kept in the home. A function's home is gone with it, and no other function sees it: receipts
 * would be loaded and lost, customers numbered with a key that nobody keeps, the forgotten remembered.
 *
 * @throws SettingError naming what is not set
 */
export function assertSet<Name extends keyof Settings>(
  settings: Settings,
  names: readonly Name[],
): asserts settings is Settings & { [name in Name]-?: NonNullable<Settings[name]> } {
  const missing = names.filter((name) => settings[name] === undefined);
  if (missing.length === 0) return;
  throw new SettingError(
    `A function lacks the settings ${missing.join(", ")}: what it has in its own /tmp is lost with it.`,
    `Set ${missing.map(variableOf).join(", ")} for it.`,
  );
}

/** Does something once for all invocations of a function; what failed is tried again by the next. */
export function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let known: Promise<Result> | undefined;
  return () => {
    known ??= work();
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
}

/**
 * Opens what a function of the pipeline works with: buckets, queues and a warehouse on a server. The warehouse is looked for when
 * something is asked of it: while it is away, transform goes on, and what load is handed goes back to its queue.
 *
 * @throws SettingError when a setting is missing that it cannot do without
 */
export async function openLambdaParts(settings: Settings): Promise<Parts> {
  assertSet(settings, ["clean", "transformQueue", "loadQueue", "warehouse", "keys", "records"]);
  return await openParts(settings, { late: true });
}

export const openPartsOnce: () => Promise<Parts> = once(() => openLambdaParts(lambdaSettings()));
