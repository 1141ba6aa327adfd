import { readSettings, type Settings } from "#core/settings.ts";
import { openParts, type Parts } from "../home/open-home.ts";

/** The one place of a function that can be written to. */
const lambdaHome = "/tmp/infinity";

/** The settings of a function: its environment's, and nothing else. */
export function lambdaSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const { INFINITY_HOME: home = lambdaHome, ...others } = environment;
  return readSettings({ environment: { ...others, INFINITY_HOME: home }, folder: home });
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

/** Opens what the settings name: buckets, queues and a warehouse on a server; one function's disk is no other's. */
export const openPartsOnce: () => Promise<Parts> = once(() => openParts(lambdaSettings()));
