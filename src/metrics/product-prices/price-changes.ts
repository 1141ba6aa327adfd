import { addDays, earlierOf, laterOf } from "#core/day.ts";
import { changeOfRatio } from "../comparison/comparison.ts";
import { periodOf } from "../period.ts";
import { byProduct, byText } from "../product-order.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import type { ProductPricesAnswer } from "./schema.ts";

const changesStatement = statementOf(new URL("./changes.sql", import.meta.url));
const volumesStatement = statementOf(new URL("./volumes.sql", import.meta.url));
const daysStatement = statementOf(new URL("./days.sql", import.meta.url));

/** A price is a usual one when it was that for so many selling days in a row; a weekend's offer is not. */
const fewestDays = 7;
const mostWeeks = 4;

interface ChangeRow {
  productId: number;
  name: string;
  flavour: string | null;
  size: string;
  beforePence: number;
  pricePence: number;
  firstOn: string;
  lastOn: string;
  beforeFirstOn: string;
}

interface VolumeRow {
  productId: number;
  date: string;
  items: number;
}

interface DayRow {
  date: string;
  cafes: number;
  items: number;
}

type PriceChange = ProductPricesAnswer["changes"][number];

/**
 * The changes of usual prices from `since` to the period's end, latest first, with what volume did in whole weeks on either
 * side. Four weeks more are read before and after, where there are any.
 */
export async function readPriceChanges(question: Question, since: string, limit: number): Promise<PriceChange[]> {
  const { dates, period } = question;
  const from = laterOf(dates.first, addDays(since, -7 * mostWeeks));
  const read = periodOf(from, earlierOf(dates.last, addDays(period.to, 7 * mostWeeks)));
  const bound = { period: read, comparison: null };
  const found = await question.query<ChangeRow>(changesStatement, { ...bound, params: { fewest_days: fewestDays } });
  const rows = found
    .filter(({ firstOn }) => firstOn >= since && firstOn <= period.to)
    .sort((one, other) => byText(other.firstOn, one.firstOn) || byProduct(one, other))
    .slice(0, limit);
  if (rows.length === 0) return [];
  const products = `,${[...new Set(rows.map(({ productId }) => productId))].join(",")},`;
  const [volumes, days] = await Promise.all([
    question.query<VolumeRow>(volumesStatement, { ...bound, params: { products } }),
    question.query<DayRow>(daysStatement, bound),
  ]);
  return rows.map((row) => ({
    name: row.name,
    flavour: row.flavour,
    size: row.size,
    on: row.firstOn,
    beforePence: row.beforePence,
    pricePence: row.pricePence,
    priceRatio: (row.pricePence - row.beforePence) / row.beforePence,
    ...effectOf(
      row,
      volumes.filter(({ productId }) => productId === row.productId),
      days,
    ),
  }));
}

/** Whole weeks, so that the weekdays of both sides are the same. */
function effectOf(row: ChangeRow, volumes: readonly VolumeRow[], days: readonly DayRow[]) {
  const before = periodOf(row.beforeFirstOn, addDays(row.firstOn, -1)).days;
  const after = periodOf(row.firstOn, row.lastOn).days;
  const weeksCompared = Math.min(mostWeeks, Math.floor(before / 7), Math.floor(after / 7));
  const sums = (from: string) => {
    const to = addDays(from, 7 * weeksCompared);
    const within = ({ date }: { date: string }) => date >= from && date < to;
    const sum = <Row extends { date: string }>(rows: readonly Row[], value: (row: Row) => number) =>
      rows.filter(within).reduce((total, each) => total + value(each), 0);
    return {
      items: sum(volumes, ({ items }) => items),
      cafeDays: sum(days, ({ cafes }) => cafes),
      allItems: sum(days, ({ items }) => items),
    };
  };
  const now = sums(row.firstOn);
  const then = sums(addDays(row.firstOn, -7 * weeksCompared));
  return {
    weeksCompared,
    volumeChange: changeOfRatio(now.items, now.cafeDays, then.items, then.cafeDays),
    itemsShareChange: changeOfRatio(now.items, now.allItems, then.items, then.allItems),
  };
}
