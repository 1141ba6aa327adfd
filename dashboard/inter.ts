import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const whole = fileURLToPath(import.meta.resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"));

/** Where the smaller file lies; style sheets find it there. */
export const interFile = fileURLToPath(new URL("../node_modules/.cache/inter/inter.woff2", import.meta.url));

const between = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join("");

/**
 * Every character that is drawn in Inter: English, the names of people, cafés and products in western Europe's languages, and
 * the signs figures are written with. What else may turn up in a name is drawn in the fallback font.
 */
export const interText = `${between(0x20, 0x7e)}${between(0xc0, 0xff)}£€©°·×±−–—‘’“”…‹›•\u00a0`;

/** The lightest and the boldest weight of the style sheets. */
const weights = { min: 400, max: 680 };

/** Kerning and figures of one width: nothing else of the font is asked for. */
const features = ["kern", "tnum", "lnum"];

/** Writes the part of Inter that the dashboard uses: a third of the file that the package brings. */
export async function writeInter(): Promise<void> {
  const part = await subsetFont(await readFile(whole), interText, {
    targetFormat: "woff2",
    variationAxes: { wght: weights },
    keepFeatures: features,
  });
  await mkdir(dirname(interFile), { recursive: true });
  await writeFile(interFile, part);
}
