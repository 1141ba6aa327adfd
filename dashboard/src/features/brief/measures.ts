import type { SalesAnswer } from "../../../../src/api/contract/index.ts";
import {
  count,
  countChange,
  type MoneyPrecision,
  money,
  moneyChange,
  ratio,
  ratioChange,
  UNKNOWN,
} from "../../format/number.ts";
import type { Unit } from "../../parts/table.ts";

type MeasureName = Exclude<keyof SalesAnswer["measures"], "identifiedShare">;

export interface MeasureWords {
  name: MeasureName;
  title: string;
  /** Where room is short. */
  short: string;
  unit: Unit;
  /** Totals float as bars on their mean, ratios run as a line. */
  spark: "bars" | "line";
  show: (value: number, precision: MoneyPrecision) => string;
  showChange: (difference: number, precision: MoneyPrecision) => string;
}

/** The five figures every brief begins with, in their order. */
export const measures: readonly MeasureWords[] = [
  { name: "sales", title: "Sales", short: "Sales", unit: "money", spark: "bars", show: money, showChange: moneyChange },
  {
    name: "receipts",
    title: "Receipts",
    short: "Receipts",
    unit: "count",
    spark: "bars",
    show: count,
    showChange: countChange,
  },
  {
    name: "averageSpend",
    title: "Average spend",
    short: "Average spend",
    unit: "money",
    spark: "line",
    show: (value) => money(value),
    showChange: (difference) => moneyChange(Math.round(difference)),
  },
  {
    name: "itemsPerReceipt",
    title: "Items per receipt",
    short: "Items a receipt",
    unit: "ratio",
    spark: "line",
    show: ratio,
    showChange: ratioChange,
  },
  {
    name: "identifiedCustomers",
    title: "Identified customers",
    short: "Identified",
    unit: "count",
    spark: "bars",
    show: count,
    showChange: countChange,
  },
];

/** A measure's value over the period. Where nothing was delivered it is unknown, also what can be counted to none. */
export function amountOf({ trust, measures }: SalesAnswer, name: MeasureName): number | null {
  return trust.cafeDaysIn === 0 ? null : measures[name].value;
}

/** A measure's value, or a dash. */
export function shown(measure: MeasureWords, value: number | null, precision: MoneyPrecision): string {
  return value === null ? UNKNOWN : measure.show(value, precision);
}
