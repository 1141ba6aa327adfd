import type { z } from "zod";
import type { Metric } from "../metric.ts";
import { type Cell, readCells } from "./cells.ts";
import { type WhatChangedAnswer, whatChangedAnswer, type whatChangedParams } from "./schema.ts";
import { addedParts, noParts, splitOf } from "./split.ts";
import { type CafeSides, readCafeSides, versusOf } from "./versus.ts";

type Line = WhatChangedAnswer["lines"][number];
type NotCompared = WhatChangedAnswer["notCompared"][number];

/** What changed between any two periods? */
export const whatChanged: Metric<z.output<typeof whatChangedParams>, WhatChangedAnswer> = {
  name: "what-changed",
  question:
    "What is the difference between any two periods made of, by café, region, part of the day, product or customer?",
  formula:
    "Café by café, sales = days × receipts a day × items a receipt × pence an item; one factor after another goes from before to " +
    "now, quantities at old prices and prices at new quantities (a Laspeyres quantity times a Paasche price index), each rounded to " +
    "the penny, price and mix taking what remains. By part of the day, and by kind of customer, receipts are those of the line. By " +
    "product, visits are its café's receipts, items a receipt how many of them hold the product, and the two together its volume; " +
    "price and mix is its price and its sizes; a product not sold before is all items. New is what customers known by " +
    "card or token bought on their first day at the café, returning what they bought on later days, unknown all that others did; where " +
    "either side begins in the first 28 days of the data, nobody counts as new, and the two are one line, known. Two periods that are " +
    "equally long are compared day by day, like for like; others as wholes, over cafés that delivered in both.",
  grain: "A café, region, part of the day, product or kind of customer; and what is not compared, by café and reason.",
  units: "Pence.",
  suppression: "None: totals of cafés. Kinds of customers are never broken down further.",
  answer: whatChangedAnswer,
  table: "lines",
  async run(question, { by, beforeFrom, beforeTo }) {
    const versus = versusOf(question, beforeFrom, beforeTo);
    const [head, cafes] = await Promise.all([
      question.comparing(versus.kind ?? "none").head(),
      readCafeSides(question, versus),
    ]);
    const compared = cafes.filter((cafe) => cafe.outcome === "compared");
    const lines = linesOf(await readCells(question, versus, by, compared));
    const notCompared = cafes.filter((cafe) => cafe.outcome !== "compared").map(notComparedOf);
    const sum = <Row>(rows: readonly Row[], value: (row: Row) => number) =>
      rows.reduce((total, row) => total + value(row), 0);
    const nowPence = sum(cafes, (cafe) => cafe.nowPence);
    const beforePence = sum(cafes, (cafe) => cafe.beforePence);
    const differencePence = nowPence - beforePence;
    const notComparedPence = sum(notCompared, (row) => row.differencePence);
    const inLines = sum(lines, (line) => line.differencePence);
    return {
      ...head,
      by,
      before: versus.before,
      pairedByDay: versus.byDay,
      total: {
        nowPence,
        beforePence,
        differencePence,
        ratio: beforePence === 0 ? null : differencePence / beforePence,
        ...lines.reduce(addedParts, noParts),
        notComparedPence,
        unreconciledPence: differencePence - notComparedPence - inLines,
      },
      lines: lines.sort(byDifference),
      notCompared: notCompared.sort(byDifference),
    };
  },
};

/** A line is the sum of its cafés' parts, so that lines of every kind add up to the penny. */
function linesOf(cells: readonly Cell[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { label, before, now } of cells) {
    const key = JSON.stringify(label);
    const known = lines.get(key);
    const parts = splitOf(before, now);
    lines.set(key, {
      ...label,
      nowPence: (known?.nowPence ?? 0) + now.pence,
      beforePence: (known?.beforePence ?? 0) + before.pence,
      differencePence: (known?.differencePence ?? 0) + now.pence - before.pence,
      ...addedParts(known ?? noParts, parts),
    });
  }
  return [...lines.values()];
}

function notComparedOf(cafe: CafeSides): NotCompared {
  const { cafeId, name, region, outcome, nowDays, beforeDays, nowPence, beforePence } = cafe;
  return {
    cafeId,
    name,
    region,
    reason: outcome as NotCompared["reason"],
    days: Math.max(nowDays, beforeDays),
    nowPence,
    beforePence,
    differencePence: nowPence - beforePence,
  };
}

/** The largest first, in either direction; where two are equal, by café, else by what they say. */
function byDifference(one: Line | NotCompared, other: Line | NotCompared): number {
  return (
    Math.abs(other.differencePence) - Math.abs(one.differencePence) ||
    (one.cafeId ?? 0) - (other.cafeId ?? 0) ||
    orderOf(one, other)
  );
}

function orderOf(one: Line | NotCompared, other: Line | NotCompared): number {
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
  return left < right ? -1 : Number(left > right);
}
