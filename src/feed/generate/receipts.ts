import { randomPoisson } from "d3-random";
import type { Cafe } from "./cafes.ts";
import { brandOf, LONGEST_CARD, writeCard } from "./cards.ts";
import { CASH, type CustomerPool, EITHER, nobody, type Person } from "./customers.ts";
import type { Day } from "./days.ts";
import type { Outlook } from "./demand.ts";
import { drinks, PARTNER_SHARE, partners } from "./menu.ts";
import { nameCount } from "./names.ts";
import { mix, randomStream } from "./random.ts";
import { drinksAway } from "./schedule.ts";
import { daypartOf, TABLE_SIZE, Tastes } from "./tastes.ts";
import { tradeOf } from "./trade.ts";

/** Most items on a receipt. */
const BASKET = 8;
/** Chances of more than one item on a receipt, more than two, …, before café and person shift them. */
const moreThan = [0.5, 0.21, 0.09, 0.035, 0.013, 0.005, 0.002];
/** How often a person's first drink is their favourite. */
const FAVOURITE = 0.55;
/** How often a line on offer is chosen over what would have been. */
const OFFER = 0.12;

/** A day's receipts at a café, in order of time: no objects, as there are millions. A receipt is a number from 0. */
export interface DayBook {
  receipts: number;
  items: number;
  /** Minutes since midnight. */
  minute: Uint16Array;
  second: Uint8Array;
  /** A number below {@link nameCount}. */
  name: Uint32Array;
  /** 1 for a card, 0 for cash. */
  byCard: Uint8Array;
  /** An index of {@link brands}. */
  brand: Uint8Array;
  /** Card numbers as ASCII digits, {@link LONGEST_CARD} bytes apart; cardLength is 0 for cash. */
  card: Uint8Array;
  cardLength: Uint8Array;
  /** Items of receipt `r`: `item[r * BASKET]` and on, `basket[r]` of them. */
  item: Uint8Array;
  basket: Uint8Array;
}

/** Where the items of a receipt begin in {@link DayBook.item}. */
export function itemsOf(receipt: number): number {
  return receipt * BASKET;
}

function emptyBook(capacity: number): DayBook {
  return {
    receipts: 0,
    items: 0,
    minute: new Uint16Array(capacity),
    second: new Uint8Array(capacity),
    name: new Uint32Array(capacity),
    byCard: new Uint8Array(capacity),
    brand: new Uint8Array(capacity),
    card: new Uint8Array(capacity * LONGEST_CARD),
    cardLength: new Uint8Array(capacity),
    item: new Uint8Array(capacity * BASKET),
    basket: new Uint8Array(capacity),
  };
}

/** Writes up the days of one café. What a day holds depends on the seed, the café and the day alone. */
export class Bookkeeper {
  readonly #seed: number;
  readonly #cafe: Cafe;
  readonly #pool: CustomerPool;
  readonly #tastes: Tastes;
  readonly #random = randomStream();
  readonly #perMinute = new Uint16Array(24 * 60);
  readonly #person: Person = nobody();
  readonly #visited: ((person: Person) => void) | undefined;
  #book = emptyBook(512);
  #away: ReadonlySet<number> = new Set();

  /** @param visited is told who each receipt belongs to */
  constructor(seed: number, cafe: Cafe, pool: CustomerPool, visited?: (person: Person) => void) {
    this.#seed = seed;
    this.#cafe = cafe;
    this.#pool = pool;
    this.#tastes = new Tastes(cafe.region);
    this.#visited = visited;
  }

  /** The receipts of a day. The book is used again for the next one. */
  write(day: Day, outlook: Outlook): DayBook {
    const random = this.#random;
    random.startFrom(this.#seed, this.#cafe.number, day);
    this.#away = drinksAway(this.#seed, day);
    // A sampler of its own for each day: the library's keeps a spare number, which would carry over from the day before.
    const receipts = Math.min(65_535, randomPoisson.source(random.next)(outlook.receipts)());
    if (receipts > this.#book.minute.length) this.#book = emptyBook(2 * receipts);
    const book = this.#book;
    book.receipts = 0;
    book.items = 0;
    this.#spread(receipts, outlook.halfHours);
    for (let minute = 0; minute < this.#perMinute.length; minute++) {
      const now = this.#perMinute[minute] ?? 0;
      if (now === 0) continue;
      const wanted = this.#tastes.table(daypartOf(Math.floor(minute / 30)), outlook.warmth);
      for (let turn = 0; turn < now; turn++) {
        const receipt = book.receipts++;
        book.minute[receipt] = minute;
        book.second[receipt] = Math.floor((60 * (turn + random.next())) / now);
        this.#customer(receipt, day);
        this.#basket(receipt, wanted, outlook);
      }
    }
    return book;
  }

  /** Puts receipts on minutes, by the strength of each half-hour. */
  #spread(receipts: number, halfHours: Float64Array): void {
    const random = this.#random;
    this.#perMinute.fill(0);
    for (let receipt = 0; receipt < receipts; receipt++) {
      let left = random.next();
      let slot = -1;
      let last = 0;
      while (left >= 0 && ++slot < halfHours.length) {
        const strength = halfHours[slot] ?? 0;
        if (strength > 0) last = slot;
        left -= strength;
      }
      const minute = 30 * last + random.below(30);
      this.#perMinute[minute] = (this.#perMinute[minute] ?? 0) + 1;
    }
  }

  #customer(receipt: number, day: Day): void {
    const book = this.#book;
    const random = this.#random;
    const person = this.#person;
    this.#pool.identify(this.#pool.draw(random), day, person);
    this.#visited?.(person);
    const { traits, pays } = person;
    const cash = pays === CASH || (pays === EITHER && random.next() < 0.5);
    book.name[receipt] = (mix(traits, 3, 0) >>> 0) % nameCount;
    book.byCard[receipt] = cash ? 0 : 1;
    const brand = brandOf(mix(traits, 4, 0) >>> 0);
    book.brand[receipt] = brand;
    book.cardLength[receipt] = cash
      ? 0
      : writeCard(book.card, receipt * LONGEST_CARD, brand, person.home, person.number);
  }

  #basket(receipt: number, wanted: Uint8Array, outlook: Outlook): void {
    const book = this.#book;
    const random = this.#random;
    const { traits } = this.#person;
    // Some always buy for one, some for the family.
    const habit = 0.7 + (0.6 * (mix(traits, 5, 0) >>> 0)) / 4294967296;
    const draw = random.next() / (habit * tradeOf(this.#cafe.character).basket);
    let size = 1;
    while (size < BASKET && draw < (moreThan[size - 1] ?? 0)) size++;
    book.basket[receipt] = size;
    book.items += size;
    const start = itemsOf(receipt);
    let previous = -1;
    for (let place = 0; place < size; place++) {
      let item: number;
      if (place === 0 && random.next() < FAVOURITE) {
        // The favourite comes from the same tastes, so it changes with the season but not from one day to the next.
        item = wanted[(mix(traits, 6, 0) >>> 0) % TABLE_SIZE] ?? 0;
      } else {
        const partner = previous === -1 ? undefined : partners.get(previous >> 1);
        item =
          partner !== undefined && random.next() < PARTNER_SHARE
            ? 2 * partner + (random.next() < 0.38 ? 1 : 0)
            : (wanted[random.below(TABLE_SIZE)] ?? 0);
      }
      item = this.#available(item, wanted, outlook);
      book.item[start + place] = item;
      previous = item;
    }
  }

  /** The item itself; another one where it is not on sale, or where an offer tempts. */
  #available(item: number, wanted: Uint8Array, { outOfStock, promotion }: Outlook): number {
    const random = this.#random;
    let chosen = item;
    if (promotion && random.next() < OFFER) {
      for (let tries = 0; tries < 400; tries++) {
        const offer = wanted[random.below(TABLE_SIZE)] ?? 0;
        if (drinks[offer >> 1]?.lineNumber === promotion.line) {
          chosen = offer;
          break;
        }
      }
    }
    while (this.#away.has(chosen >> 1) || chosen >> 1 === outOfStock) chosen = wanted[random.below(TABLE_SIZE)] ?? 0;
    return chosen;
  }
}
