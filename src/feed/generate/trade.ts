import type { Character } from "./towns.ts";

/** The kinds of day a café keeps different hours on. A bank holiday goes by Sunday's hours. */
export type DayKind = "weekday" | "saturday" | "sunday";

/** A rush: when it is fullest and how long it lasts (hours; a standard deviation), and how strong it is. */
type Rush = readonly [peak: number, spread: number, strength: number];

interface Trade {
  /** Opening and closing time in hours of the clock. */
  readonly hours: Readonly<Record<DayKind, readonly [opens: number, closes: number]>>;
  /** Monday to Sunday, relative to each other. */
  readonly weekdays: readonly number[];
  /** January to December, mid-month, relative to each other. */
  readonly months: readonly number[];
  /** A bank holiday, as a multiple of the mean day; the weekday does not matter then. */
  readonly bankHoliday: number;
  readonly weekdayRushes: readonly Rush[];
  readonly weekendRushes: readonly Rush[];
  /** Items on a receipt, as a multiple of the chain's mean: families buy for four, commuters for one. */
  readonly basket: number;
  /** Trade on a bright day over that on a dull one: each standard deviation of brighter weather adds this share. */
  readonly sunshine: number;
}

/**
 * What cafés of each character live from. Shares of the day are set so that the chain comes near what Meaningful Vision
 * counted in British coffee shops in 2025 (32 % before noon, 36 % from noon to three, 28 % from three to six, 4 % later),
 * with the commuters' peak between eight and nine of Yoyo's and Worldpay's card data. Weekdays and seasons are our own
 * assumptions; docs/sample-data.md states them.
 */
const trades: Readonly<Record<Character, Trade>> = {
  commuter: {
    hours: { weekday: [6.5, 18.5], saturday: [7.5, 17], sunday: [8.5, 16] },
    weekdays: [1.12, 1.22, 1.24, 1.22, 1.08, 0.66, 0.46],
    months: [0.97, 1.0, 1.02, 0.98, 1.01, 1.03, 0.98, 0.88, 1.03, 1.05, 1.07, 0.98],
    bankHoliday: 0.5,
    weekdayRushes: [
      [8.3, 0.65, 2.1],
      [10.6, 0.9, 0.85],
      [12.9, 0.9, 1.35],
      [16.3, 1.4, 1.15],
    ],
    weekendRushes: [
      [10.4, 1.3, 1],
      [13.2, 1.5, 1.1],
    ],
    basket: 0.86,
    sunshine: 0.012,
  },
  high_street: {
    hours: { weekday: [7.5, 19], saturday: [8, 19], sunday: [9.5, 17.5] },
    weekdays: [0.88, 0.9, 0.94, 0.98, 1.08, 1.3, 0.92],
    months: [0.9, 0.92, 0.95, 0.98, 1, 1, 1.01, 1.02, 0.99, 1.01, 1.06, 1.16],
    bankHoliday: 1.02,
    weekdayRushes: [
      [8.6, 0.7, 0.55],
      [10.7, 0.9, 0.95],
      [12.9, 1.0, 1.1],
      [15.9, 1.5, 1.3],
    ],
    weekendRushes: [
      [10.9, 1.2, 1.15],
      [13.3, 1.1, 1.1],
      [15.9, 1.5, 1.3],
    ],
    basket: 1,
    sunshine: 0.03,
  },
  seaside: {
    hours: { weekday: [8.5, 17.5], saturday: [8.5, 18.5], sunday: [8.5, 18.5] },
    weekdays: [0.8, 0.8, 0.84, 0.88, 1.02, 1.38, 1.28],
    months: [0.62, 0.72, 0.84, 1.04, 1.1, 1.18, 1.38, 1.5, 1.08, 0.92, 0.76, 0.78],
    bankHoliday: 1.5,
    weekdayRushes: [
      [10.7, 1.1, 0.95],
      [13, 1.1, 1.15],
      [15.8, 1.4, 1.3],
    ],
    weekendRushes: [
      [11.2, 1.2, 0.9],
      [13.4, 1.3, 1.3],
      [15.9, 1.3, 1.4],
    ],
    basket: 1.18,
    sunshine: 0.085,
  },
  retail_park: {
    hours: { weekday: [8, 20], saturday: [8, 20], sunday: [10, 17] },
    weekdays: [0.82, 0.84, 0.88, 0.94, 1.06, 1.36, 1.1],
    months: [0.94, 0.92, 0.94, 0.97, 0.98, 0.97, 1, 1.02, 0.97, 1, 1.09, 1.2],
    bankHoliday: 1.25,
    weekdayRushes: [
      [10.6, 1.1, 0.95],
      [12.9, 1.1, 1.15],
      [15.9, 1.5, 1.25],
      [18.5, 1.1, 0.75],
    ],
    weekendRushes: [
      [11.3, 1.2, 1],
      [13.5, 1.3, 1.4],
      [15.9, 1.4, 1.3],
    ],
    basket: 1.12,
    sunshine: -0.025,
  },
  campus: {
    hours: { weekday: [7.5, 19], saturday: [9, 17], sunday: [10, 16.5] },
    weekdays: [1.14, 1.22, 1.22, 1.18, 1.02, 0.68, 0.54],
    months: [0.98, 1.2, 1.14, 0.84, 1.14, 0.92, 0.64, 0.58, 0.92, 1.3, 1.26, 0.86],
    bankHoliday: 0.6,
    weekdayRushes: [
      [8.9, 0.6, 0.9],
      [10.9, 0.7, 1.15],
      [12.9, 0.9, 1.3],
      [15.8, 1.4, 1.3],
    ],
    weekendRushes: [
      [11.6, 1.3, 1],
      [14, 1.5, 1.2],
    ],
    basket: 0.9,
    sunshine: 0.015,
  },
};

/** Half-hours from midnight. */
const SLOTS = 48;

/** A character's trade. The weekdays are scaled to a mean of 1, and so are the months. */
export function tradeOf(character: Character): Trade {
  return scaled[character];
}

/** The strength of trade in each of a day's 48 half-hours; 0 while closed. */
export function dayShape(character: Character, kind: DayKind): Float64Array {
  const { hours, weekdayRushes, weekendRushes } = trades[character];
  const [opens, closes] = hours[kind];
  const rushes = kind === "weekday" ? weekdayRushes : weekendRushes;
  const shape = new Float64Array(SLOTS);
  for (let slot = Math.round(opens * 2); slot < Math.round(closes * 2); slot++) {
    const hour = slot / 2 + 0.25;
    let strength = 0.08;
    for (const [peak, spread, height] of rushes) strength += height * Math.exp(-0.5 * ((hour - peak) / spread) ** 2);
    shape[slot] = strength;
  }
  return shape;
}

function withMeansOfOne(trade: Trade): Trade {
  const scale = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value / mean);
  };
  return { ...trade, weekdays: scale(trade.weekdays), months: scale(trade.months) };
}

const scaled: Readonly<Record<Character, Trade>> = {
  commuter: withMeansOfOne(trades.commuter),
  high_street: withMeansOfOne(trades.high_street),
  seaside: withMeansOfOne(trades.seaside),
  retail_park: withMeansOfOne(trades.retail_park),
  campus: withMeansOfOne(trades.campus),
};
