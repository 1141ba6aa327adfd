import { added, changeOf, changeOfRatio, nobodysSides, type OutcomeRow, type Sides } from "../comparison/comparison.ts";
import { areEnough, fewestOthers, nobody, type Others, type OthersByLevel, readOthers } from "../comparison/others.ts";
import type { Metric } from "../metric.ts";
import type { Question } from "../question.ts";
import { type RegionBenchmarkAnswer, regionBenchmarkAnswer } from "./schema.ts";

type Region = RegionBenchmarkAnswer["regions"][number];

interface Group {
  level: Region["tried"][number]["level"];
  name: string;
  others: Others;
}

/** How do my cafés do against their region? */
export const regionBenchmark: Metric<Record<never, never>, RegionBenchmarkAnswer> = {
  name: "region-benchmark",
  question: "How do the cafés asked about do against the others of their region?",
  formula:
    "Like-for-like changes, average spend (sales / receipts) and items a receipt, of the cafés asked about and of the region's other " +
    "cafés, on the café-days each of them has compared. With fewer than three others in the region, the others of the nation " +
    "(England, Scotland, Wales or Northern Ireland) stand in; with fewer than three there, those of the chain; else nobody.",
  grain: "A region asked about.",
  units: "Pence; ratio; mean pence a receipt; mean items a receipt.",
  suppression:
    "Benchmarks are ratios and means over at least three other cafés; of those that the caller may not see, at least three or none, and as " +
    "many beyond the regions and nations that the caller is shown by themselves.",
  answer: regionBenchmarkAnswer,
  table: "regions",
  async run(asked) {
    const kind = asked.compare === "none" ? "year" : asked.compare;
    const question = asked.comparing(kind).amongOthers();
    const [head, outcomes, others] = await Promise.all([
      question.head(),
      question.outcomes(kind),
      readOthers(question, kind),
    ]);
    return {
      ...head,
      fewestOthers,
      regions: question.regions.map((region) => {
        const groups = groupsOf(question, region, others);
        const used = groups.findIndex(({ others: group }) => areEnough(group));
        const tried = used === -1 ? groups : groups.slice(0, used + 1);
        return {
          region,
          own: ownOf(outcomes.filter((row) => row.region === region && row.outcome === "compared")),
          benchmark: benchmarkOf(groups[used]),
          tried: tried.map(({ level, name, others: group }) => ({
            level,
            name,
            cafes: group.cafes,
            enough: areEnough(group),
          })),
        };
      }),
    };
  },
};

/** Whom a region's cafés can be compared with, the closest first. A region that is nowhere yet has no nation. */
function groupsOf({ countries }: Question, region: string, { regions, nations, chain }: OthersByLevel): Group[] {
  const country = countries.get(region);
  return [
    { level: "region", name: region, others: regions.get(region) ?? nobody },
    ...(country === undefined
      ? []
      : [{ level: "nation" as const, name: country, others: nations.get(country) ?? nobody }]),
    { level: "chain", name: "Chain", others: chain },
  ];
}

function ownOf(compared: readonly OutcomeRow[]): Region["own"] {
  const sides = compared.reduce<Sides>(added, nobodysSides);
  const any = compared.length > 0;
  return {
    cafes: compared.length,
    ...levelsOf(sides),
    sales: any ? changeOf(sides.nowPence, sides.beforePence) : null,
    receipts: any ? changeOf(sides.nowReceipts, sides.beforeReceipts) : null,
    averageSpend: spendChange(sides),
    itemsPerReceiptChange: itemsChange(sides),
  };
}

function benchmarkOf(group: Group | undefined): Region["benchmark"] {
  if (group === undefined) return null;
  const { level, name, others } = group;
  return {
    level,
    name,
    cafes: others.cafes,
    ...levelsOf(others),
    salesRatio: changeOf(others.nowPence, others.beforePence).ratio,
    receiptsRatio: changeOf(others.nowReceipts, others.beforeReceipts).ratio,
    averageSpendRatio: spendChange(others)?.ratio ?? null,
    itemsPerReceiptRatio: itemsChange(others)?.ratio ?? null,
  };
}

function levelsOf({ nowPence, nowItems, nowReceipts }: Sides) {
  return {
    averageSpendPence: nowReceipts === 0 ? null : nowPence / nowReceipts,
    itemsPerReceipt: nowReceipts === 0 ? null : nowItems / nowReceipts,
  };
}

function spendChange(sides: Sides) {
  return changeOfRatio(sides.nowPence, sides.nowReceipts, sides.beforePence, sides.beforeReceipts);
}

function itemsChange(sides: Sides) {
  return changeOfRatio(sides.nowItems, sides.nowReceipts, sides.beforeItems, sides.beforeReceipts);
}
