import { lostList } from "#core/lost-list.ts";
import type { Storage } from "#core/ports/storage.ts";
import { storeText } from "#core/store-text.ts";

/**
 * Where the clean store says how many ids were ever put on the suppression list, and nothing else of them: a list that
 * is lost reads like one on which nobody ever was. It lies beside what such a list keeps them out of, so whoever has the
 * clean data has it, after a rebuild too.
 */
const countKey = "forgotten.txt";

/**
 * Compares the suppression list with what the clean store remembers of it.
 *
 * @param listed how many are on the list
 * @throws SettingError when there were more
 */
export async function assertNobodyLost(clean: Storage, listed: number): Promise<void> {
  const known = await readCount(clean);
  if (listed < known) throw lostList({ listed, known, countKey });
}

/** Remembers that so many are on the list, if that is more than there were. */
export async function rememberForgotten(clean: Storage, listed: number): Promise<void> {
  if (listed > (await readCount(clean))) await storeText(clean, countKey, `${listed}\n`);
}

/** 0 where nobody was ever forgotten, and where it is no number: then it is written again. */
async function readCount(clean: Storage): Promise<number> {
  if ((await clean.stat(countKey)) === undefined) return 0;
  return Number.parseInt((await clean.read(countKey)).toString("utf8"), 10) || 0;
}
