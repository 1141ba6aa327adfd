import type { ComparisonKind } from "../answer.ts";
import { type ComparedTotals, comparisonFrom } from "../comparison/comparison.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import type { SalesAnswer } from "./schema.ts";

const othersStatement = statementOf(new URL("./others.sql", import.meta.url));
const comparedCustomersStatement = statementOf(new URL("./compared-customers.sql", import.meta.url));

/** With fewer others than this, a benchmark would come close to naming one café. */
export const fewestOthers = 3;

/** Both sides of a comparison, over café-days that are compared. */
export type Sides = Omit<ComparedTotals, "cafeDaysLeftOut">;

/** A period against one of its counterparts: the cafés asked about, and the others. */
export interface Against {
  comparison: SalesAnswer["comparisons"]["week"];
  own: ComparedTotals;
  region: Sides | null;
  chain: Sides | null;
}

/** The comparison of that kind, with customers counted once over all cafés and days. */
export async function against(question: Question, kind: ComparisonKind): Promise<Against> {
  const [own, others, customers] = await Promise.all([
    question.totals(kind),
    othersOf(question, kind),
    question.query<{ isNow: number; customers: number }>(comparedCustomersStatement, {
      comparison: question.counterpart(kind),
    }),
  ]);
  const onSide = (isNow: number) => customers.find((side) => side.isNow === isNow)?.customers ?? 0;
  return {
    comparison: comparisonFrom(question, kind, own),
    own: { ...own, nowIdentifiedCustomers: onSide(1), beforeIdentifiedCustomers: onSide(0) },
    ...others,
  };
}

/** The others of the same regions, and of the whole chain; null where there are none at all. */
async function othersOf(question: Question, kind: ComparisonKind): Promise<Pick<Against, "region" | "chain">> {
  const { region, chain } = question.others;
  if (chain.locationIds.length === 0) return { region: null, chain: null };
  const rows = await question.query<Sides & { inRegions: number }>(othersStatement, {
    scope: chain,
    comparison: question.counterpart(kind),
    params: { regions: `|${question.regions.join("|")}|` },
  });
  const nothing = { cafesCompared: 0 } as Sides;
  const inRegions = rows.find((row) => row.inRegions === 1) ?? nothing;
  const everywhere = rows.reduce<Sides>((sum, row) => (sum === nothing ? row : added(sum, row)), nothing);
  return { region: region.locationIds.length === 0 ? null : inRegions, chain: everywhere };
}

function added(one: Sides, other: Sides): Sides {
  const names = Object.keys(one) as (keyof Sides)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as unknown as Sides;
}

/** How a benchmark came about, or why there is none. */
export function benchmarkOf(
  names: readonly string[],
  week: Sides | null,
  year: Sides | null,
): SalesAnswer["benchmarks"]["region"] {
  const cafesComparedWeek = week?.cafesCompared ?? 0;
  const cafesComparedYear = year?.cafesCompared ?? 0;
  const enough = Math.max(cafesComparedWeek, cafesComparedYear) >= fewestOthers;
  const note = week === null ? "no_other_cafes" : enough ? null : "too_few_cafes";
  return { names: [...names], cafesComparedWeek, cafesComparedYear, note };
}
