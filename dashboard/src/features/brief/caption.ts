import type { SalesAnswer } from "../../../../src/api/contract/index.ts";
import type { View } from "../../filters/view.ts";
import { shortDay, weekdayName } from "../../format/date.ts";
import { inWords, listOf } from "../../format/words.ts";
import { partCompared } from "./compared.ts";

type Words = Pick<View, "week" | "year" | "period" | "today">;

/** What the five figures are drawn and compared with, in the words of their rows. */
export function caption(
  answer: Pick<SalesAnswer, "measures" | "benchmarks">,
  { week, year, period, today }: Words,
): string {
  const { sales } = answer.measures;
  const comparisons = `“${week.short}” is ${week.days}, “${year.short}” ${year.days}, like for like.`;
  const parts = (
    [
      [week, sales.week],
      [year, sales.year],
    ] as const
  ).flatMap(([words, change]) => {
    const part = change ? partCompared(change.now, sales.value) : undefined;
    return part ? [`“${words.short}” compares ${part} of these sales.`] : [];
  });
  return [barsOf(sales.spark, period, today), comparisons, ...parts, ...othersOf(answer.benchmarks, week.short)]
    .filter(Boolean)
    .join(" ");
}

/** How many bars there are: the data may begin later than eight periods ago. A single bar floats on nothing. */
function barsOf(spark: SalesAnswer["measures"]["sales"]["spark"], period: View["period"], today: string): string {
  const drawn = spark.filter(({ value }) => value !== null);
  const [first] = drawn;
  if (!first || drawn.length < 2) return "";
  const periods = period.days === 1 ? `${weekdayName(period.to)}s` : "such periods";
  return `Bars: ${inWords(drawn.length)} ${periods} from ${shortDay(first.from, today)}, above or below their average.`;
}

/** Who the other cafés are, and which of the two comparisons is theirs. */
function othersOf({ region, chain }: SalesAnswer["benchmarks"], week: string): string[] {
  const regions = region.note === "no_other_cafes" ? [] : [`Region: the other cafés of ${listOf(region.names)}`];
  const all = chain.note === "no_other_cafes" ? [] : ["Chain: all other cafés"];
  const others = [...regions, ...all];
  return others.map((text, index) =>
    index === others.length - 1 ? `${text}; ${others.length > 1 ? "both " : ""}against “${week}”.` : `${text}.`,
  );
}
