import { day } from "#core/day.ts";

/** What an object key says about its file. The file's own rows are the truth; this is a hint for files without rows. */
export interface KeyHint {
  cafe: string | null;
  /** `YYYY-MM-DD`. */
  date: string | null;
}

const britishDay = /(?<![\d])(\d{2})-(\d{2})-(\d{4})(?!\d)/;
const isoDay = /(?<![\d])(\d{4})-(\d{2})-(\d{2})(?!\d)/;
const folderDay = /(?:^|\/)(\d{4})\/(\d{2})\/(\d{2})\//;

/**
 * Reads café and day from a key: `YYYY/MM/DD/<anything>.csv`, `<café>_DD-MM-YYYY_HH-MM-SS.csv` or `YYYY-MM-DD-<café>.csv`.
 */
export function readKeyHint(key: string): KeyHint {
  const name = key.slice(key.lastIndexOf("/") + 1).replace(/\.[^.]*(\.(gz|zip|zst|bz2|xz))?$/i, "");
  const folder = folderDay.exec(key);
  const iso = isoDay.exec(name);
  const british = britishDay.exec(name);
  const date =
    realDay(british?.[3], british?.[2], british?.[1]) ??
    realDay(iso?.[1], iso?.[2], iso?.[3]) ??
    realDay(folder?.[1], folder?.[2], folder?.[3]);
  const cafe = name
    .replace(isoDay, " ")
    .replace(britishDay, " ")
    .replace(/\d{2}-\d{2}(-\d{2})?/, " ")
    .replace(/[_\s-]+/g, " ")
    .trim();
  return { cafe: /\p{L}/u.test(cafe) ? cafe : null, date };
}

function realDay(year?: string, month?: string, dayOfMonth?: string): string | null {
  if (!year || !month || !dayOfMonth) return null;
  const text = `${year}-${month}-${dayOfMonth}`;
  return day.safeParse(text).success ? text : null;
}
