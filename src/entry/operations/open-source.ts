import { SettingError } from "#core/errors.ts";
import { openRaw, type Source } from "../home/choose-adapters.ts";
import type { Parts } from "../home/open-home.ts";

/**
 * Opens the raw store: the one that is set, or the one that the warehouse was filled from, where there is just one.
 *
 * @throws SettingError when nobody says which, or it cannot be opened
 */
export async function openSource(parts: Pick<Parts, "settings" | "warehouse">): Promise<Source> {
  const setting = await sourceOf(parts);
  if (setting === undefined) {
    throw new SettingError(
      "No source is set: where do the tills leave their files?",
      "Give a folder with --source DIR, the variable INFINITY_SOURCE, or `source:` in infinity.config.yaml.",
    );
  }
  return await openRaw(setting, parts.settings);
}

/** The setting, or else the store that the warehouse was filled from, where there is just one: nobody needs to say it twice. */
export async function sourceOf({
  settings,
  warehouse,
}: Pick<Parts, "settings" | "warehouse">): Promise<string | undefined> {
  if (settings.source !== undefined) return settings.source;
  const sources = await warehouse.query<{ url: string }>("select url from sources");
  return sources.length === 1 ? sources[0]?.url : undefined;
}
