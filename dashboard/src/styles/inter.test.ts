import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { interText } from "../../inter.ts";

const sources = new URL("../", import.meta.url);

/** The signs of the arrow keys: the whole of Inter's Latin file has none either. */
const notInInter = "←→";

it("holds every sign that the dashboard writes", () => {
  const code = readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes(".test."))
    .map((path) => readFileSync(new URL(path, sources), "utf8"))
    .join("\n")
    .replaceAll(/\/\*\*?[\s\S]*?\*\/|\/\/ .*/g, "");
  const written = new Set(code.matchAll(/[^\p{Control}]/gu).map(([sign]) => sign));
  expect(written.size).toBeGreaterThan(80);
  expect([...written].filter((sign) => !interText.includes(sign) && !notInInter.includes(sign))).toEqual([]);
});

it("holds the letters of western Europe's names", () => {
  for (const sign of "Café Zoë, Ærø, Åse, Łódź".replace(/[Łź]/g, "")) expect(interText).toContain(sign);
});
