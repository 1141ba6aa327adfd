import { describe, expect, it } from "vitest";
import { type Cafe, openChain } from "./cafes.ts";
import { CustomerPool } from "./customers.ts";
import { type Day, dayOf } from "./days.ts";
import { Demand } from "./demand.ts";
import { drinks } from "./menu.ts";
import { seedWord } from "./random.ts";
import { Bookkeeper, type DayBook, itemsOf } from "./receipts.ts";
import { type CafeEvent, cafeEvents, menuEvents, promotions } from "./schedule.ts";

const seed = seedWord("a test");
const receipts = 150;
const chain = openChain(seed, 104);
const until = dayOf("2026-06-30");
const from = until - 395;

const pools = new Map<Cafe, CustomerPool>();

function poolOf(cafe: Cafe): CustomerPool {
  const pool = pools.get(cafe) ?? new CustomerPool(seed, cafe, receipts * cafe.size * 365);
  pools.set(cafe, pool);
  return pool;
}

/** Writes up days of a café and adds up what `count` finds in each. */
function total(cafe: Cafe, first: Day, last: Day, count: (book: DayBook) => number): number {
  const demand = new Demand(seed, receipts);
  const books = new Bookkeeper(seed, cafe, poolOf(cafe));
  let sum = 0;
  for (let day = first; day <= last; day++) {
    const outlook = demand.outlook(cafe, day);
    if (outlook) sum += count(books.write(day, outlook));
  }
  return sum;
}

const all = (book: DayBook) => book.receipts;

function itemsWhere(test: (drink: number) => boolean) {
  return (book: DayBook) => {
    let found = 0;
    for (let receipt = 0; receipt < book.receipts; receipt++) {
      for (let place = 0; place < (book.basket[receipt] ?? 0); place++) {
        if (test((book.item[itemsOf(receipt) + place] ?? 0) >> 1)) found++;
      }
    }
    return found;
  };
}

/** Trade of a café in a span of days over that of the same days a year before, relative to cafés of its character. */
function likeForLike(cafe: Cafe, first: Day, last: Day, count: (book: DayBook) => number): number {
  const change = (each: Cafe) => total(each, first, last, count) / total(each, first - 364, last - 364, count);
  const quiet = (each: Cafe) => cafeEvents(seed, each.number, first - 364, last).length === 0;
  const others = chain.filter((each) => each.character === cafe.character && each !== cafe && quiet(each)).slice(0, 3);
  return change(cafe) / (others.reduce((sum, each) => sum + change(each), 0) / others.length);
}

/** The first event of a kind, at a café of the chain that nothing else happened to in the year before. */
function plantedEvent(kind: CafeEvent["kind"]): [Cafe, CafeEvent] {
  for (const cafe of chain) {
    for (const event of cafeEvents(seed, cafe.number, from, until)) {
      if (event.kind !== kind || event.from < from + 56 || event.from > until - 28) continue;
      if (cafeEvents(seed, cafe.number, event.from - 364, event.from - 1).length === 0) return [cafe, event];
    }
  }
  throw new Error(`no ${kind}`);
}

describe("what the ledger says can be measured in the data", () => {
  it("a competitor takes a fifth of a café's trade from its first day", () => {
    const [cafe, event] = plantedEvent("competitor");
    const change = likeForLike(cafe, event.from, event.from + 55, all);
    expect(change).toBeGreaterThan(0.7);
    expect(change).toBeLessThan(0.9);
  });

  it("a café in decline has lost about a third of its trade after half a year", () => {
    const [cafe, event] = plantedEvent("decline");
    const change = likeForLike(cafe, event.from + 182, event.from + 182 + 55, all);
    expect(change).toBeGreaterThan(0.58);
    expect(change).toBeLessThan(0.78);
  });

  it("a lunch that grows does so at lunch and at no other time", () => {
    const [cafe, event] = plantedEvent("lunch_growth");
    const at = (test: (minute: number) => boolean) => (book: DayBook) => {
      let found = 0;
      for (let receipt = 0; receipt < book.receipts; receipt++) if (test(book.minute[receipt] ?? 0)) found++;
      return found;
    };
    const lunch = (minute: number) => minute >= 690 && minute < 870;
    const [first, last] = [event.from + 182, event.from + 182 + 55];
    expect(likeForLike(cafe, first, last, at(lunch))).toBeGreaterThan(1.5);
    const elsewhen = likeForLike(
      cafe,
      first,
      last,
      at((minute) => !lunch(minute)),
    );
    expect(elsewhen).toBeGreaterThan(0.88);
    expect(elsewhen).toBeLessThan(1.12);
  });

  it("a product out of stock is not sold for three days, and is before and after", () => {
    const [cafe, event] = plantedEvent("out_of_stock");
    const sold = itemsWhere((drink) => drink === event.drink);
    expect(total(cafe, event.from, event.until, sold)).toBe(0);
    expect(total(cafe, event.from - 3, event.from - 1, sold)).toBeGreaterThan(0);
    expect(total(cafe, event.until + 1, event.until + 3, sold)).toBeGreaterThan(0);
  });

  it("a promotion brings a sixth more receipts to its region and sells its product", () => {
    const promotion = promotions(seed, from + 56, until - 56)[0];
    const cafe = chain.find((each) => {
      const quiet = cafeEvents(seed, each.number, from - 364, until).length === 0;
      return each.region === promotion?.region && quiet;
    });
    if (!promotion || !cafe) throw new Error("no promotion");
    const change = likeForLike(cafe, promotion.from, promotion.until, all);
    expect(change).toBeGreaterThan(1.05);
    expect(change).toBeLessThan(1.32);
    const sold = itemsWhere((drink) => drinks[drink]?.lineNumber === promotion.line);
    expect(likeForLike(cafe, promotion.from, promotion.until, sold)).toBeGreaterThan(1.8);
  });

  it("a launched drink is sold from its first day, and a withdrawn one until its last", () => {
    const cafe = chain[0];
    if (!cafe) throw new Error("no café");
    for (const { kind, day, drink } of menuEvents(seed, from + 56, until - 56)) {
      if (kind === "price_rise") continue;
      const sold = itemsWhere((each) => each === drink);
      const [before, after] = [total(cafe, day - 28, day - 1, sold), total(cafe, day, day + 27, sold)];
      expect(kind === "launched" ? before : after).toBe(0);
      expect(kind === "launched" ? after : before).toBeGreaterThan(0);
    }
  });

  it("drinks said to be bought together are, more than chance would have it", () => {
    const cafe = chain[0];
    if (!cafe) throw new Error("no café");
    const cappuccino = drinks.findIndex(({ name }) => name === "Cappuccino");
    const americano = drinks.findIndex(({ name }) => name === "Americano");
    let both = 0;
    let one = 0;
    let other = 0;
    let several = 0;
    total(cafe, from, from + 60, (book) => {
      for (let receipt = 0; receipt < book.receipts; receipt++) {
        const size = book.basket[receipt] ?? 0;
        if (size !== 2) continue;
        const start = itemsOf(receipt);
        const pair = [(book.item[start] ?? 0) >> 1, (book.item[start + 1] ?? 0) >> 1];
        several++;
        if (pair.includes(cappuccino)) one++;
        if (pair.includes(americano)) other++;
        if (pair.includes(cappuccino) && pair.includes(americano)) both++;
      }
      return 0;
    });
    expect((both * several) / (one * other)).toBeGreaterThan(1.5);
  });
});
