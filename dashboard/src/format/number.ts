/** The minus sign that is as wide as a plus. */
const MINUS = "\u2212";
/** A space at which no line breaks. */
export const NBSP = "\u00a0";

/** What stands for a figure nobody knows. The reason belongs beside it. */
export const UNKNOWN = "\u2013";

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `pence` shows £5,224.45, `pounds` £124,294. */
export type MoneyPrecision = "pence" | "pounds";

/** Pence for up to a week, whole pounds for longer: nobody reads the pennies of a month. */
export function precisionFor(days: number): MoneyPrecision {
  return days <= 7 ? "pence" : "pounds";
}

/** Pence as pounds: £5,224.45 or £124,294; a negative amount as −£74.25. */
export function money(pence: number, precision: MoneyPrecision = "pence"): string {
  const sign = isZero(pence, precision) || pence > 0 ? "" : MINUS;
  return sign + pounds(Math.abs(pence), precision);
}

/** A change of money, its sign always written: +£206.15, −£74.25, £0.00 for none. */
export function moneyChange(pence: number, precision: MoneyPrecision = "pence"): string {
  return signOf(isZero(pence, precision) ? 0 : pence) + pounds(Math.abs(pence), precision);
}

/** A count: 1,570. */
export function count(value: number): string {
  return (value < 0 ? MINUS : "") + whole.format(Math.abs(value));
}

/** A change of a count, its sign always written: +19. */
export function countChange(value: number): string {
  return signOf(value) + whole.format(Math.abs(value));
}

/** A ratio of two decimals, such as items per receipt: 2.84. */
export function ratio(value: number): string {
  return twoDecimals.format(value);
}

/** A change of a ratio: +0.02. */
export function ratioChange(value: number): string {
  return signOf(Math.round(value * 100)) + twoDecimals.format(Math.abs(value));
}

/** A share of a whole, 0 to 1, in whole percent: 61 %. */
export function share(value: number): string {
  return `${whole.format(value * 100)}${NBSP}%`;
}

/** A share to one decimal, never rounded up to 100 while something is missing: 99.9 %. */
export function fineShare(value: number): string {
  const shown = value < 1 ? Math.min(Math.floor(value * 1000) / 10, 99.9) : 100;
  return `${shown === 100 ? "100" : oneDecimal.format(shown)}${NBSP}%`;
}

/** The size of a relative change without its sign: 0.041 is 4.1 %. Direction is the triangle's, or the words'. */
export function percent(change: number): string {
  return `${oneDecimal.format(Math.abs(change) * 100)}${NBSP}%`;
}

/** A relative change with its sign: +4.1 %, −3.6 %. */
export function percentChange(change: number): string {
  return signOf(Math.round(change * 1000)) + percent(change);
}

/** The size of a change between two shares, which is never a percentage of a percentage: 2 points. */
export function points(change: number): string {
  const size = Math.round(Math.abs(change) * 100);
  return `${size} ${size === 1 ? "point" : "points"}`;
}

/** The relative change from one figure to another; undefined when there is nothing to compare with. */
export function changeOf(now: number, before: number | null | undefined): number | undefined {
  return before ? now / before - 1 : undefined;
}

/** Up, down, or level once rounded to what is shown. */
export function directionOf(change: number, decimals = 3): "up" | "down" | "level" {
  const shown = Math.round(change * 10 ** decimals);
  return shown > 0 ? "up" : shown < 0 ? "down" : "level";
}

function pounds(pence: number, precision: MoneyPrecision): string {
  return `£${precision === "pence" ? twoDecimals.format(pence / 100) : whole.format(pence / 100)}`;
}

function isZero(pence: number, precision: MoneyPrecision): boolean {
  return Math.round(precision === "pence" ? pence : pence / 100) === 0;
}

function signOf(value: number): string {
  return value > 0 ? "+" : value < 0 ? MINUS : "";
}
