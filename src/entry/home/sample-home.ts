import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { addDays, day, dayIn, daysBetween } from "#core/day.ts";
import type { Settings } from "#core/settings.ts";
import type { GeneratedSample, OnProgress } from "#feed/generate/generate-sample.ts";

/** What marks a home as the sample's: how far its till files go. */
const sampleMark = z.object({ until: day });

/** The settings of the home that holds the invented chain, inside the user's own: the two never mix. */
export function sampleSettings(settings: Settings): Settings {
  const home = resolve(settings.home, "sample");
  return { ...settings, home, source: join(home, "tills") };
}

/**
 * The settings of the home that a command means: the sample's, where no source is set, nothing was ever loaded into the
 * user's own home and the sample is there. So after a first `npm start`, `infinity status` speaks of what that shows.
 */
export function homeInUse(settings: Settings): Settings {
  const sample = sampleSettings(settings);
  const { source, warehouse } = settings;
  // Where the warehouse is gone, its clean store still says that there was one.
  const isFilled = ["warehouse.duckdb", "clean"].some((name) => existsSync(resolve(settings.home, name)));
  const hasOwn = source !== undefined || warehouse !== undefined || isFilled;
  return !hasOwn && isSampleHome(sample.home) ? sample : settings;
}

/** True where a home was filled with the invented chain. */
export function isSampleHome(home: string): boolean {
  return readMark(home) !== undefined;
}

/**
 * Writes the invented chain's till files up to yesterday: thirteen months the first time, and after that the days that have
 * gone by since. What its head office would know of the cafés goes into their registry. Undefined when all is there.
 */
export async function extendSample(
  { home, source, timeZone }: Settings,
  now: Date,
  onProgress: OnProgress,
): Promise<GeneratedSample | undefined> {
  const out = source ?? join(home, "tills");
  const yesterday = addDays(dayIn(timeZone, now), -1);
  const written = readMark(home)?.until;
  if (written !== undefined && written >= yesterday) return undefined;
  mkdirSync(out, { recursive: true });
  const missing = written === undefined ? {} : { days: daysBetween(written, yesterday) };
  // Every command asks whether this is the sample's home; hardly any writes the sample.
  const [{ generateSample }, { enterSampleCafes }, { openCafeFile }] = await Promise.all([
    import("#feed/generate/generate-sample.ts"),
    import("./sample-cafes.ts"),
    import("#adapters/cafe-registry/file.ts"),
  ]);
  const sample = await generateSample({ out, until: yesterday, ...missing }, onProgress);
  await enterSampleCafes(openCafeFile(home), sample.ledger.cafes);
  writeFileSync(join(home, "sample.json"), `${JSON.stringify({ until: yesterday })}\n`);
  return sample;
}

function readMark(home: string): z.infer<typeof sampleMark> | undefined {
  try {
    return sampleMark.parse(JSON.parse(readFileSync(join(home, "sample.json"), "utf8")));
  } catch {
    // Missing or unreadable: the files are written again, and those that are there already are left alone.
    return undefined;
  }
}
