import { type Region, regions } from "../places/regions.ts";
import { type Cafe, isGone, openedOn, plannedClosure } from "./cafes.ts";
import { type Day, isBankHoliday, partsOf, seasonal, weekdayOf } from "./days.ts";
import { mix, normal, share } from "./random.ts";
import { type CafeEvent, cafeEvents, felt, type Promotion, promotions } from "./schedule.ts";
import { type DayKind, dayShape, tradeOf } from "./trade.ts";

/** What a café may expect of a day, before chance. */
export interface Outlook {
  /** Expected receipts. */
  readonly receipts: number;
  /** The share of the day's trade in each of its 48 half-hours. */
  readonly halfHours: Float64Array;
  /** The half-hour it opens in, from 0 at midnight. */
  readonly opens: number;
  /** Degrees above what the whole year's mean would be: in summer more, on a cold day less. */
  readonly warmth: number;
  /** The drink that has run out, if any. */
  readonly outOfStock: number | undefined;
  readonly promotion: Promotion | undefined;
}

/** A new café finds its customers over ten weeks, from half of its trade. Days. */
const SETTLING_IN = 70;
/** Ups and downs over years: half the distance between the best and the worst time, and its length in days. */
const LONG_WAVE = 0.04;
const WAVE_DAYS = [900, 1500] as const;
/** What weather and Mondays do not explain: the standard deviation of a day's trade, as a share. */
const DAILY_NOISE = 0.05;
/** Lunch, in half-hours: 11:30 to 14:30. */
const LUNCH = [23, 29] as const;
/** Degrees between the yearly mean and the coldest or warmest month; and a day's departure from its season. */
const SEASON_DEGREES = 6;
const WEATHER_DEGREES = 2.8;

/** Tells what each café may expect of each day, from a seed and nothing that depends on which days are asked for. */
export class Demand {
  readonly #seed: number;
  readonly #receipts: number;
  readonly #shapes = new Map<string, Float64Array>();
  #cafe = -1;
  #events: CafeEvent[] = [];
  #promotions: Promotion[] = [];
  #known: [from: Day, until: Day] = [0, -1];

  /** @param receipts mean per café and day, over the chain */
  constructor(seed: number, receipts: number) {
    this.#seed = seed;
    this.#receipts = receipts;
  }

  /** The outlook of a café for a day; undefined where it is closed. */
  outlook(cafe: Cafe, day: Day): Outlook | undefined {
    if (isGone(this.#seed, cafe, day) || plannedClosure(this.#seed, cafe, day) !== undefined) return undefined;
    this.#look(cafe, day);
    const trade = tradeOf(cafe.character);
    const weekday = weekdayOf(day);
    const parts = partsOf(day);
    const holiday = isBankHoliday(day, cafe.nation);
    const bright = this.#weather(cafe.region, day, 51);
    const promotion = this.#promotions.find(
      ({ region, from, until }) => region === cafe.region && from <= day && day <= until,
    );

    let receipts = this.#receipts * cafe.size * (holiday ? trade.bankHoliday : (trade.weekdays[weekday] ?? 1));
    receipts *= seasonal(trade.months, parts) * festive(parts.month, parts.dayOfMonth);
    receipts *= Math.exp(trade.sunshine * bright) * this.#longWave(cafe.number, day);
    receipts *= Math.exp(DAILY_NOISE * normal(this.#seed, mix(cafe.number, day, 52), 0) - DAILY_NOISE ** 2 / 2);
    receipts *= this.#settling(cafe, day) * (1 + (promotion?.uplift ?? 0));

    let lunch = 0;
    let outOfStock: number | undefined;
    for (const event of this.#events) {
      const effect = event.effect * felt(event, day);
      if (effect === 0) continue;
      if (event.kind === "lunch_growth") lunch += effect;
      else if (event.kind === "out_of_stock") outOfStock = event.drink;
      else receipts *= 1 - effect;
    }
    const kind: DayKind = holiday || weekday === 6 ? "sunday" : weekday === 5 ? "saturday" : "weekday";
    const shape = this.#shape(cafe, kind);
    const halfHours = lunch > 0 ? shape.slice() : shape;
    if (lunch > 0) {
      // More lunches are more receipts, not the same ones at another hour.
      let added = 0;
      for (let slot = LUNCH[0]; slot < LUNCH[1]; slot++) {
        const more = (shape[slot] ?? 0) * lunch;
        halfHours[slot] = (shape[slot] ?? 0) + more;
        added += more;
      }
      for (let slot = 0; slot < halfHours.length; slot++) halfHours[slot] = (halfHours[slot] ?? 0) / (1 + added);
      receipts *= 1 + added;
    }
    return {
      receipts,
      halfHours,
      opens: shape.findIndex((strength) => strength > 0),
      warmth:
        -SEASON_DEGREES * Math.cos((2 * Math.PI * (parts.month - 1.6 + parts.dayOfMonth / parts.daysInMonth)) / 12) +
        WEATHER_DEGREES * this.#weather(cafe.region, day, 53),
      outOfStock,
      promotion,
    };
  }

  /** Looks up what happens to a café around a day, a year at a time. */
  #look(cafe: Cafe, day: Day): void {
    const [from, until] = this.#known;
    if (this.#cafe === cafe.number && day >= from && day <= until) return;
    this.#cafe = cafe.number;
    this.#known = [day, day + 366];
    this.#events = cafeEvents(this.#seed, cafe.number, day, day + 366);
    this.#promotions = promotions(this.#seed, day, day + 366);
  }

  #shape({ character }: Cafe, kind: DayKind): Float64Array {
    const key = `${character} ${kind}`;
    let known = this.#shapes.get(key);
    if (!known) {
      const strengths = dayShape(character, kind);
      const all = strengths.reduce((sum, strength) => sum + strength, 0);
      known = strengths.map((strength) => strength / all);
      this.#shapes.set(key, known);
    }
    return known;
  }

  /** Weather that a region shares: fronts of about four days with each day's own on top; mean 0, deviation about 1. */
  #weather(region: Region, day: Day, what: number): number {
    const place = regions.indexOf(region) * 8 + what * 1024;
    const front = Math.floor(day / 4);
    const along = (day - front * 4) / 4;
    const from = normal(this.#seed, place, front);
    const to = normal(this.#seed, place, front + 1);
    return 0.85 * (from + (to - from) * along) + 0.6 * normal(this.#seed, place + 1, day);
  }

  #longWave(cafe: number, day: Day): number {
    const [shortest, longest] = WAVE_DAYS;
    const length = shortest + (longest - shortest) * share(this.#seed, cafe, 54);
    return 1 + LONG_WAVE * Math.sin(2 * Math.PI * (day / length + share(this.#seed, cafe, 55)));
  }

  #settling(cafe: Cafe, day: Day): number {
    const opened = openedOn(this.#seed, cafe, day);
    if (opened === undefined) return 1;
    return Math.min(1, 0.5 + (0.5 * (day - opened)) / SETTLING_IN);
  }
}

/** Christmas and New Year, as a multiple of the day's usual trade. Christmas Day itself is closed. */
function festive(month: number, dayOfMonth: number): number {
  if (month === 12 && dayOfMonth === 24) return 0.8;
  if (month === 12 && dayOfMonth === 26) return 0.55;
  if (month === 12 && dayOfMonth > 26) return 0.85;
  return month === 1 && dayOfMonth === 1 ? 0.45 : 1;
}
