import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { metricDefinitions } from "#api/metric-definitions.ts";
import { metricsDocument } from "../../tools/metrics-document.ts";

const written = readFileSync(new URL("../../docs/metrics.md", import.meta.url), "utf8");

test("docs/metrics.md says what the definitions say: `npm run docs` writes it", () => {
  expect(written).toBe(metricsDocument());
});

test.each(metricDefinitions.map(({ metric }) => [metric.name, metric] as const))(
  "%s is in the document: question, formula, grain, units, what is withheld",
  (name, metric) => {
    const section = written.split(/^## /m).find((text) => text.startsWith(`${name}\n`)) ?? "";
    for (const word of ["question", "formula", "grain", "units", "suppression"] as const) {
      expect(section).toContain(metric[word]);
    }
  },
);

test("every link leads to a heading", () => {
  const headings = [...written.matchAll(/^#+ (.+)$/gm)].map(([, words = ""]) =>
    words
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
  const links = [...written.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target);
  expect(links.length).toBeGreaterThan(metricDefinitions.length);
  for (const link of links) expect(headings).toContain(link);
});
