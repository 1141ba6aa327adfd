import type { OutcomeRow } from "../comparison/comparison.ts";

/** A café's week of the spark. */
export interface WeekRow {
  cafeId: number;
  weekNumber: number;
  nowPence: number;
  beforePence: number;
}

/** What adds up from cafés to regions to all: counts and pence, never a ratio. */
export interface Figures {
  comparedPence: number;
  leftOutPence: number;
  beforePence: number;
  beforeLeftOutPence: number;
  receipts: number;
  comparedReceipts: number;
  beforeReceipts: number;
  identifiedReceipts: number;
  comparedIdentified: number;
  beforeIdentified: number;
  daysCompared: number;
  daysExpected: number;
  missingDays: number;
  cafesCompared: number;
  cafesPartlyCompared: number;
  weeks: Map<number, { nowPence: number; beforePence: number }>;
}

/** A café's figures from its outcomes. */
export function figuresOf(outcomes: OutcomeRow[], weekRows: WeekRow[]): Figures {
  const sum = none();
  for (const row of outcomes) {
    const compared = row.outcome === "compared";
    sum.receipts += row.nowReceipts;
    sum.identifiedReceipts += row.nowIdentifiedReceipts;
    sum.daysExpected += row.days;
    sum.missingDays += row.missingDays;
    if (compared) {
      sum.comparedPence += row.nowPence;
      sum.beforePence += row.beforePence;
      sum.comparedReceipts += row.nowReceipts;
      sum.beforeReceipts += row.beforeReceipts;
      sum.comparedIdentified += row.nowIdentifiedReceipts;
      sum.beforeIdentified += row.beforeIdentifiedReceipts;
      sum.daysCompared += row.days;
    } else {
      sum.leftOutPence += row.nowPence;
      sum.beforeLeftOutPence += row.beforePence;
    }
  }
  if (sum.daysCompared > 0) sum.cafesCompared = 1;
  if (sum.daysCompared > 0 && sum.daysCompared < sum.daysExpected) sum.cafesPartlyCompared = 1;
  sum.weeks = new Map(weekRows.map(({ weekNumber, nowPence, beforePence }) => [weekNumber, { nowPence, beforePence }]));
  return sum;
}

/** The figures of nothing. */
export function none(): Figures {
  return {
    comparedPence: 0,
    leftOutPence: 0,
    beforePence: 0,
    beforeLeftOutPence: 0,
    receipts: 0,
    comparedReceipts: 0,
    beforeReceipts: 0,
    identifiedReceipts: 0,
    comparedIdentified: 0,
    beforeIdentified: 0,
    daysCompared: 0,
    daysExpected: 0,
    missingDays: 0,
    cafesCompared: 0,
    cafesPartlyCompared: 0,
    weeks: new Map(),
  };
}

/** The figures of both together. */
export function add(left: Figures, right: Figures): Figures {
  const { weeks: _, ...numbers } = left;
  const sum: Figures = { ...left, weeks: new Map(left.weeks) };
  for (const name of Object.keys(numbers) as (keyof typeof numbers)[]) sum[name] += right[name];
  for (const [week, { nowPence, beforePence }] of right.weeks) {
    const known = sum.weeks.get(week);
    sum.weeks.set(week, {
      nowPence: (known?.nowPence ?? 0) + nowPence,
      beforePence: (known?.beforePence ?? 0) + beforePence,
    });
  }
  return sum;
}
