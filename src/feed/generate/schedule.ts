import { type Region, regions } from "../places/regions.ts";
import { type Day, partsOf } from "./days.ts";
import { drinkNumber, drinks, menuLines } from "./menu.ts";
import { mix, share } from "./random.ts";

/**
 * When things happen to the chain. Nothing here knows which days are asked for, so a longer sample agrees with a shorter
 * one. Every kind of event comes round once in {@link CYCLE} days, from a date of the seed's own: thirteen months to any
 * date hold one of each kind, with at least eight weeks before it and eight weeks after.
 */
const CYCLE = 274;

/** Effects that take hold slowly do so over half a year, and have worn off after a year. Days. */
const BUILD_UP = 182;
const WEARING_OFF = 300;
const WORN_OFF = 365;

const DECLINE = 0.32;
const COMPETITOR = 0.2;
const LUNCH_GROWTH = 0.7;
const PROMOTION_UPLIFT = 0.18;
const PROMOTION_DAYS = 21;
const OUT_OF_STOCK_DAYS = 3;
/** Pence. */
const PRICE_RISE = 10;
/** A guest drink stays for almost two years, and stays away for longer. Days. */
const GUEST_STAY = 685;

/** Something that happens to one café. `from` is its first day, `until` its last. */
export interface CafeEvent {
  readonly kind: "decline" | "competitor" | "out_of_stock" | "lunch_growth";
  readonly from: Day;
  readonly until: Day;
  /** Full effect, as a share: 0.2 of trade lost, 0.7 more lunch trade. */
  readonly effect: number;
  /** The drink that is out of stock. */
  readonly drink?: number;
}

/** A promotion in all cafés of a region. */
export interface Promotion {
  readonly region: Region;
  readonly from: Day;
  readonly until: Day;
  /** More receipts, as a share. */
  readonly uplift: number;
  /** The line that costs a fifth less, and is asked for more. */
  readonly line: number;
}

/** A change to the menu of the whole chain, from a day on. */
export interface MenuEvent {
  readonly kind: "price_rise" | "launched" | "withdrawn";
  readonly day: Day;
  readonly line: number;
  /** The drink launched or withdrawn. */
  readonly drink?: number;
  /** Pence. */
  readonly rise?: number;
}

const cafeKinds = ["decline", "competitor", "out_of_stock", "lunch_growth"] as const;
const PROMOTION = 4;
const PRICES = 5;
const GUESTS = 6;

/** Cafés are looked at 52 at a time. Of each 52 these three places come and go, and have no other story. */
export const BLOCK = 52;
export const comersAndGoers: readonly number[] = [17, 34, 51];
/** What happens in one block of cafés happens in the next one so many days later. */
const BLOCK_SHIFT = 37;
const hosts = Array.from({ length: BLOCK }, (_, place) => place).filter((place) => !comersAndGoers.includes(place));

/** Top sellers, so that their absence shows. */
const stock = ["Cappuccino", "Americano", "Flat white", "Mocha", "Filter coffee", "Chai latte"];
const summerOffers = ["Iced latte", "Frappes", "Smoothies"];
const winterOffers = ["Mocha", "Hot chocolate", "Chai latte"];

/** Drinks of the menu that come and go. */
const guests = [
  drinkNumber("Flavoured latte", "Gingerbread"),
  drinkNumber("Smoothies", "Glowing Greens"),
  drinkNumber("Flavoured iced latte", "Hazelnut"),
  drinkNumber("Frappes", "Chocolate Cookie"),
  drinkNumber("Flavoured hot chocolate", "Caramel"),
  drinkNumber("Flavoured latte", "Hazelnut"),
];

/** Prices are those of the menu on this day. */
const MENU_DAY: Day = 9132; // 1 January 2025

/** What happens to a café on any day from `from` to `until`. At most one story at a time: see `host` below. */
export function cafeEvents(seed: number, cafe: number, from: Day, until: Day): CafeEvent[] {
  const found: CafeEvent[] = [];
  const block = Math.floor(cafe / BLOCK);
  const shift = block * BLOCK_SHIFT;
  for (const [number, kind] of cafeKinds.entries()) {
    for (const { round, start } of rounds(seed, number, from - WORN_OFF - shift, until - shift)) {
      if (cafe % BLOCK !== host(seed, number, round)) continue;
      const event = cafeEvent(mix(seed, block, 31), kind, round, start + shift);
      if (event.until >= from) found.push(event);
    }
  }
  return found.sort((one, other) => one.from - other.from);
}

/** Strides through all hosts before it comes back to the first: years pass between two stories of one café. */
function host(seed: number, kind: number, round: number): number {
  const turn = cafeKinds.length * round + kind;
  return hosts[(below(seed, 21, hosts.length) + 11 * turn) % hosts.length] ?? 0;
}

/** @param own a word of the seed's and the block's own */
function cafeEvent(own: number, kind: CafeEvent["kind"], round: number, from: Day): CafeEvent {
  switch (kind) {
    case "decline":
      return { kind, from, until: from + WORN_OFF - 1, effect: DECLINE };
    case "competitor":
      return { kind, from, until: from + WORN_OFF - 1, effect: COMPETITOR };
    case "lunch_growth":
      return { kind, from, until: from + WORN_OFF - 1, effect: LUNCH_GROWTH };
    case "out_of_stock": {
      const drink = drinkNumber(stock[(mix(own, 31, round) >>> 0) % stock.length] ?? "Mocha");
      return { kind, from, until: from + OUT_OF_STOCK_DAYS - 1, effect: 1, drink };
    }
  }
}

/** How much of an event's effect is felt on a day: 0 for none, 1 for all of it. */
export function felt(event: CafeEvent, day: Day): number {
  const age = day - event.from;
  if (age < 0 || day > event.until) return 0;
  if (event.kind === "out_of_stock") return 1;
  const fading = (from: number) => Math.min(1, (WORN_OFF - age) / (WORN_OFF - from));
  // A competitor is there from one day to the next; what grows or declines does so week by week.
  if (event.kind === "competitor") return fading(BUILD_UP);
  return age < BUILD_UP ? (age + 1) / BUILD_UP : fading(WEARING_OFF);
}

/** The promotions that run on any day from `from` to `until`. */
export function promotions(seed: number, from: Day, until: Day): Promotion[] {
  return rounds(seed, PROMOTION, from - PROMOTION_DAYS + 1, until).map(({ round, start }) => {
    const { month } = partsOf(start);
    const offers = month >= 4 && month <= 9 ? summerOffers : winterOffers;
    const offer = offers[(mix(seed, 32, round) >>> 0) % offers.length];
    return {
      region: regions[(below(seed, 22, regions.length) + 5 * round) % regions.length] ?? "London",
      from: start,
      until: start + PROMOTION_DAYS - 1,
      uplift: PROMOTION_UPLIFT,
      line: menuLines.findIndex(({ name }) => name === offer),
    };
  });
}

/** The changes to the menu that take effect on any day from `from` to `until`, in order. */
export function menuEvents(seed: number, from: Day, until: Day): MenuEvent[] {
  const rises = rounds(seed, PRICES, from, until).map(({ round, start }): MenuEvent => {
    return { kind: "price_rise", day: start, line: risingLine(seed, round), rise: PRICE_RISE };
  });
  const launches = rounds(seed, GUESTS, from, until).map(({ round, start }) => {
    return guestEvent("launched", start, guest(seed, round));
  });
  const withdrawals = rounds(seed, GUESTS, from - GUEST_STAY, until - GUEST_STAY).map(({ round, start }) => {
    return guestEvent("withdrawn", start + GUEST_STAY, guest(seed, round));
  });
  return [...rises, ...launches, ...withdrawals].sort((one, other) => one.day - other.day);
}

function guestEvent(kind: "launched" | "withdrawn", day: Day, drink: number): MenuEvent {
  return { kind, day, drink, line: drinks[drink]?.lineNumber ?? 0 };
}

/** What a line costs on a day in the regular and the large size, in pence, before any promotion. */
export function pricesOn(seed: number, line: number, day: Day): readonly [regular: number, large: number] {
  const earlier = rounds(seed, PRICES, Math.min(day, MENU_DAY) + 1, Math.max(day, MENU_DAY));
  const rises = earlier.filter(({ round }) => risingLine(seed, round) === line).length;
  const change = (day < MENU_DAY ? -PRICE_RISE : PRICE_RISE) * rises;
  const { regular, large } = menuLines[line] ?? { regular: 0, large: 0 };
  return [Math.max(PRICE_RISE, regular + change), Math.max(PRICE_RISE, large + change)];
}

/** The drinks that may not be sold on a day because they have been withdrawn, or not been launched yet. */
export function drinksAway(seed: number, day: Day): Set<number> {
  const there = rounds(seed, GUESTS, day - GUEST_STAY + 1, day).map(({ round }) => guest(seed, round));
  return new Set(guests.filter((drink) => !there.includes(drink)));
}

function guest(seed: number, round: number): number {
  return guests[(below(seed, 24, guests.length) + round) % guests.length] ?? 0;
}

function risingLine(seed: number, round: number): number {
  return (below(seed, 23, menuLines.length) + 5 * round) % menuLines.length;
}

/** The rounds of an event kind that start on a day from `from` to `until`. */
function rounds(seed: number, kind: number, from: Day, until: Day): { round: number; start: Day }[] {
  const found: { round: number; start: Day }[] = [];
  // Two cycles before 2000, so that the first days have a past.
  const phase = Math.floor(share(seed, 20, kind) * CYCLE) - 3 * CYCLE;
  for (let round = Math.max(0, Math.ceil((from - phase) / CYCLE)); phase + round * CYCLE <= until; round++) {
    found.push({ round, start: phase + round * CYCLE });
  }
  return found;
}

function below(seed: number, purpose: number, end: number): number {
  return (mix(seed, purpose, 0) >>> 0) % end;
}
