import { RefusedError } from "#core/errors.ts";
import { purgeRawFiles, type RawPurge } from "#pipeline/purge-raw-files.ts";
import type { Home } from "../home/open-home.ts";
import { openSource } from "./open-source.ts";

/**
 * Removes raw files that were loaded longer ago than `rawRetentionDays`, or says which those are.
 *
 * @throws RefusedError when the setting is not set
 * @throws SettingError when no source is set
 */
export async function purgeSource(home: Home, dryRun: boolean): Promise<RawPurge> {
  const { rawRetentionDays: days } = home.settings;
  if (days === undefined) {
    throw new RefusedError(
      "Raw files are kept: rawRetentionDays is not set.",
      "Set it in infinity.config.yaml (or INFINITY_RAW_RETENTION_DAYS) to the days for which they are needed, then try --dry-run.",
    );
  }
  const { source } = await openSource(home);
  return await purgeRawFiles({ source, warehouse: home.warehouse, now: () => new Date() }, { days, dryRun });
}
