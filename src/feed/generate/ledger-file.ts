import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { dateOf, dayOf } from "./days.ts";
import type { PlantedFault } from "./faults.ts";
import type { SampleLedger } from "./ledger.ts";
import type { Plan } from "./options.ts";

/** The ledger of planted truths, beside the data. Not a .csv: tills write those. */
export const LEDGER_FILE = "truths.json";

/** What an earlier sample in the same folder says about itself. */
const earlierLedger = z.looseObject({
  seed: z.string(),
  from: z.iso.date(),
  until: z.iso.date(),
  receiptsPerDay: z.number(),
  shape: z.string(),
  cafes: z.array(z.unknown()),
  faults: z.array(z.looseObject({ cafe: z.string(), date: z.iso.date() })),
});

export function writeLedger(out: string, ledger: SampleLedger): void {
  writeFileSync(join(out, LEDGER_FILE), `${JSON.stringify(ledger, null, 2)}\n`);
}

/**
 * What the folder holds once the plan is carried out: the days of the plan, and those of an earlier sample of the same
 * chain that they adjoin, with the faults planted on those.
 */
export function daysHeld(plan: Plan): { from: number; until: number; faults: PlantedFault[] } {
  const { from, until } = plan;
  const earlier = readEarlier(plan);
  if (!earlier) return { from, until, faults: [] };
  const [first, last] = [dayOf(earlier.from), dayOf(earlier.until)];
  if (first > until + 1 || last < from - 1) return { from, until, faults: [] };
  const kept = earlier.faults.filter(({ date }) => date < dateOf(from) || date > dateOf(until));
  return { from: Math.min(from, first), until: Math.max(until, last), faults: kept as unknown as PlantedFault[] };
}

function readEarlier({ out, seed, receipts, shape, cafes }: Plan): z.infer<typeof earlierLedger> | undefined {
  let text: string;
  try {
    text = readFileSync(join(out, LEDGER_FILE), "utf8");
  } catch {
    return undefined;
  }
  try {
    const earlier = earlierLedger.parse(JSON.parse(text));
    const same =
      earlier.seed === seed &&
      earlier.receiptsPerDay === receipts &&
      earlier.shape === shape &&
      earlier.cafes.length === cafes;
    return same ? earlier : undefined;
  } catch {
    // Not a ledger, or one of another version: it is written anew.
    return undefined;
  }
}
