import { addDays } from "#core/day.ts";
import type { Change } from "../answer.ts";
import { changeOf, changeOfRatio, type Sides } from "../comparison/comparison.ts";
import { areEnough, type Others } from "../comparison/others.ts";
import type { Metric } from "../metric.ts";
import { periodOf, shiftDaysOf, shifted } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { type Against, against, benchmarkOf } from "./against.ts";
import { readCustomers } from "./customers.ts";
import { type SalesAnswer, salesAnswer } from "./schema.ts";

const daysStatement = statementOf(new URL("./days.sql", import.meta.url));

const sparkLength = 8;

interface Level {
  pence: number;
  receipts: number;
  items: number;
  identifiedReceipts: number;
  identifiedCustomers: number;
}

interface DayRow extends Level {
  date: string;
  daysExpected: number;
  daysIn: number;
}

type MeasureName = keyof SalesAnswer["measures"];
type Measure = SalesAnswer["measures"][MeasureName];

const levels: Record<MeasureName, (level: Level) => number | null> = {
  sales: ({ pence }) => pence,
  receipts: ({ receipts }) => receipts,
  averageSpend: ({ pence, receipts }) => divided(pence, receipts),
  itemsPerReceipt: ({ items, receipts }) => divided(items, receipts),
  identifiedCustomers: ({ identifiedCustomers }) => identifiedCustomers,
  identifiedShare: ({ identifiedReceipts, receipts }) => divided(identifiedReceipts, receipts),
};

const changes: Record<MeasureName, (both: Sides) => Change | null> = {
  sales: (both) => changeOf(both.nowPence, both.beforePence),
  receipts: (both) => changeOf(both.nowReceipts, both.beforeReceipts),
  averageSpend: (both) => changeOfRatio(both.nowPence, both.nowReceipts, both.beforePence, both.beforeReceipts),
  itemsPerReceipt: (both) => changeOfRatio(both.nowItems, both.nowReceipts, both.beforeItems, both.beforeReceipts),
  identifiedCustomers: (both) => changeOf(both.nowIdentifiedCustomers, both.beforeIdentifiedCustomers),
  identifiedShare: (both) =>
    changeOfRatio(both.nowIdentifiedReceipts, both.nowReceipts, both.beforeIdentifiedReceipts, both.beforeReceipts),
};

const measureNames = Object.keys(levels) as MeasureName[];

/** How did the cafés do? */
export const sales: Metric<Record<never, never>, SalesAnswer> = {
  name: "sales",
  question: "How did the cafés do, against the week and the year before, their regions and the chain?",
  formula:
    "Sales are the sum of receipt totals. Changes are like for like: the café-days open and delivered on both sides, without " +
    "a bank holiday on one side only. Identified customers are counted once over the cafés and days; for benchmarks, once a " +
    "café and day.",
  grain: "One figure for the period, one for each of its seven predecessors on the same weekdays.",
  units: "Pence; receipts; mean pence a receipt; mean items a receipt; customers; ratio.",
  suppression:
    "Benchmarks are ratios over at least three other cafés; of those that the caller may not see, at least three or none in each region asked " +
    "about, and in the chain beyond the regions and nations that the caller is shown by themselves.",
  answer: salesAnswer,
  table: "measures",
  async run(asked) {
    const question = asked.amongOthers();
    const [head, days, customers, week, year] = await Promise.all([
      question.head(),
      daysUpToPeriod(question),
      readCustomers(question),
      against(question, "week"),
      against(question, "year"),
    ]);
    // Benchmarks count customers once a café and day; the cafés asked about count them once.
    const sides = {
      week: { ...week, own: { ...week.own, ...customers.week } },
      year: { ...year, own: { ...year.own, ...customers.year } },
    };
    const measures = Object.fromEntries(
      measureNames.map((name) => [name, measureOf(name, question, days, customers.customers, sides)]),
    ) as Record<MeasureName, Measure>;
    return {
      ...head,
      comparisons: { week: week.comparison, year: year.comparison },
      measures,
      benchmarks: {
        region: benchmarkOf(question.regions, week.region, year.region),
        chain: benchmarkOf([], week.chain, year.chain),
      },
    };
  },
};

/** The period and its seven predecessors in one go: every day from the earliest on that has data. */
async function daysUpToPeriod(question: Question): Promise<DayRow[]> {
  const step = shiftDaysOf(question.period.days, "week");
  const earliest = addDays(question.period.from, step * (sparkLength - 1));
  const { first } = question.dates;
  const period = earliest < first ? periodOf(first, question.period.to) : periodOf(earliest, question.period.to);
  return await question.query<DayRow>(daysStatement, { period, comparison: null });
}

function measureOf(
  name: MeasureName,
  { period, dates }: Question,
  days: DayRow[],
  customers: number,
  { week, year }: { week: Against; year: Against },
): Measure {
  const step = shiftDaysOf(period.days, "week");
  const spark = Array.from({ length: sparkLength }, (_, index) => {
    const { from, to } = shifted(period, step * (sparkLength - 1 - index));
    const held = days.filter(({ date }) => date >= from && date <= to);
    const total = totalOf(held);
    return {
      from,
      to,
      value: total.daysIn === 0 ? null : levels[name](total),
      complete: from >= dates.first && total.daysIn === total.daysExpected,
    };
  });
  const value = name === "identifiedCustomers" ? customers : (spark.at(-1)?.value ?? null);
  return { value, week: benchmarked(name, week), year: benchmarked(name, year), spark };
}

function totalOf(days: DayRow[]): Omit<DayRow, "date"> {
  const sum = (figure: (day: DayRow) => number) => days.reduce((total, day) => total + figure(day), 0);
  return {
    pence: sum((day) => day.pence),
    receipts: sum((day) => day.receipts),
    items: sum((day) => day.items),
    identifiedReceipts: sum((day) => day.identifiedReceipts),
    identifiedCustomers: sum((day) => day.identifiedCustomers),
    daysExpected: sum((day) => day.daysExpected),
    daysIn: sum((day) => day.daysIn),
  };
}

function benchmarked(name: MeasureName, { comparison, own, region, chain }: Against): Measure["week"] {
  const change = comparison === null ? null : changes[name](own);
  if (change === null) return null;
  const ratioOf = (others: Others | null) =>
    others === null || !areEnough(others) ? null : (changes[name](others)?.ratio ?? null);
  return { ...change, regionRatio: ratioOf(region), chainRatio: ratioOf(chain) };
}

function divided(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
