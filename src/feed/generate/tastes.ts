import type { Region } from "../places/regions.ts";
import { drinks, type Family, itemCount, LARGE_SHARE } from "./menu.ts";

/** Half-hours from midnight at which lunch, afternoon and evening begin: 11:00, 14:30 and 17:00. */
const [LUNCH, AFTERNOON, EVENING] = [22, 29, 34] as const;

/** The part of the day a half-hour is in: 0 is the morning, 3 the evening. */
export function daypartOf(halfHour: number): number {
  if (halfHour < LUNCH) return 0;
  if (halfHour < AFTERNOON) return 1;
  return halfHour < EVENING ? 2 : 3;
}

/** How the demand for a family of drinks changes over the day: morning, lunch, afternoon, evening. */
const hours: Record<Family, readonly number[]> = {
  coffee: [1.35, 0.95, 0.85, 0.7],
  tea: [0.9, 0.85, 1.25, 1.1],
  chocolate: [0.45, 0.85, 1.35, 1.8],
  cold: [0.5, 1.2, 1.3, 1.1],
  smoothie: [0.8, 1.5, 0.9, 0.6],
  milk: [0.9, 1.0, 1.1, 1.2],
};

/** How much each degree above the yearly mean adds to the demand, as a share that compounds. */
const warmth: Record<Family, number> = {
  coffee: -0.008,
  tea: -0.015,
  chocolate: -0.065,
  cold: 0.105,
  smoothie: 0.05,
  milk: 0.01,
};

/**
 * Regional tastes: a family or a line, and how many times more it is asked for there. London's flat white is from the
 * orders of Origin Coffee's shops there (2022 to 2023); the rest are our own assumptions.
 */
const regional: Partial<Record<Region, Readonly<Record<string, number>>>> = {
  London: { "Flat white": 1.9, Cortado: 2, "Iced americano": 1.4, tea: 0.7, "Filter coffee": 1.3 },
  "South East": { "Flat white": 1.25, "Iced latte": 1.15 },
  "South West": { "Speciality Tea": 1.3, cold: 1.1 },
  "East of England": { Cappuccino: 1.15 },
  "West Midlands": { "Chai latte": 1.8 },
  "East Midlands": { "Filter coffee": 1.2, Mocha: 1.1 },
  "Yorkshire and The Humber": { "Red Label tea": 1.6, "Flat white": 0.85 },
  "North West": { "Red Label tea": 1.35, Frappes: 1.2 },
  "North East": { "Red Label tea": 1.35, "Flavoured latte": 1.25 },
  Scotland: { chocolate: 1.25, "Flat white": 1.15 },
  Wales: { "Red Label tea": 1.3, chocolate: 1.1 },
  "Northern Ireland": { "Red Label tea": 1.7, "Flat white": 0.8 },
};

/** Entries of a table: enough for the rarest drink to have some. */
export const TABLE_SIZE = 4096;
/** Degrees that one table stands for; beyond the last ones, the last. */
const STEP = 2;
const STEPS = 7;

/** Turns a random number into an item: a table for each daypart and each two degrees of warmth. */
export class Tastes {
  readonly #region: Region;
  readonly #tables = new Map<number, Uint8Array>();

  constructor(region: Region) {
    this.#region = region;
  }

  /** The items wanted in a part of the day: of {@link TABLE_SIZE} entries, each equally likely. */
  table(daypart: number, degrees: number): Uint8Array {
    const step = Math.max(-STEPS, Math.min(STEPS, Math.round(degrees / STEP)));
    const key = daypart * 100 + step + STEPS;
    let known = this.#tables.get(key);
    if (!known) {
      known = this.#fill(daypart, step * STEP);
      this.#tables.set(key, known);
    }
    return known;
  }

  #fill(daypart: number, degrees: number): Uint8Array {
    const own = regional[this.#region] ?? {};
    const weights = new Float64Array(itemCount);
    for (const [number, { name, family, demand }] of drinks.entries()) {
      const wanted =
        demand *
        (hours[family][daypart] ?? 1) *
        Math.exp(warmth[family] * degrees) *
        (own[name] ?? 1) *
        (own[family] ?? 1);
      weights[2 * number] = wanted * (1 - LARGE_SHARE);
      weights[2 * number + 1] = wanted * LARGE_SHARE;
    }
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const table = new Uint8Array(TABLE_SIZE);
    let filled = 0;
    let reached = 0;
    for (let item = 0; item < itemCount; item++) {
      reached += weights[item] ?? 0;
      const end = Math.round((reached / all) * TABLE_SIZE);
      table.fill(item, filled, end);
      filled = end;
    }
    return table;
  }
}
