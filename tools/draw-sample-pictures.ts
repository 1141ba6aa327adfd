/**
 * Draws the pictures of docs/sample-data.md from a freshly generated sample, and prints the figures it quotes:
 *
 *     node tools/draw-sample-pictures.ts
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSample } from "#feed/generate/generate-sample.ts";
import { drawHours, drawMap, drawSeasons, drawVisits, drawWeekdays } from "./sample-pictures/draw.ts";
import { fitTruncatedNbd } from "./sample-pictures/fit-nbd.ts";
import { measure } from "./sample-pictures/measure.ts";

const images = new URL("../docs/images/", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "sample-"));
try {
  const { ledger } = await generateSample({ out: folder, until: "2026-10-31", shape: "C" });
  const measures = await measure(folder, ledger);
  const fit = fitTruncatedNbd(measures.visits, 20);
  mkdirSync(images, { recursive: true });
  const pictures = {
    "sample-hours.svg": drawHours(measures),
    "sample-weekdays.svg": drawWeekdays(measures),
    "sample-seasons.svg": drawSeasons(measures),
    "sample-visits.svg": drawVisits(measures, fit.shares),
    "sample-map.svg": drawMap(measures, ledger),
  };
  for (const [name, svg] of Object.entries(pictures)) writeFileSync(new URL(name, images), svg);
  const { figures, dayparts, coffees } = measures;
  process.stdout.write(`${JSON.stringify({ figures, fit, dayparts, coffees, totals: ledger.totals }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
