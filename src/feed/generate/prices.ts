import type { Day } from "./days.ts";
import { drinks, itemCount, menuLines } from "./menu.ts";
import { pricesOn } from "./schedule.ts";

/** What every item costs, in pence. Days with the same prices share one list. */
export type PriceList = Int32Array;

/** A line on offer costs a fifth less, rounded to five pence. */
const OFFER_SHARE = 0.8;

/** The price lists of a chain, worked out once for each day and offer. */
export class PriceBook {
  readonly #seed: number;
  readonly #byDay = new Map<number, PriceList>();
  readonly #distinct = new Map<string, PriceList>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** @param offer the line that a promotion makes cheaper, if any */
  on(day: Day, offer: number | undefined): PriceList {
    const key = day * (menuLines.length + 1) + (offer ?? -1) + 1;
    let list = this.#byDay.get(key);
    if (!list) {
      const worked = this.#workOut(day, offer);
      const text = worked.join();
      list = this.#distinct.get(text) ?? worked;
      this.#distinct.set(text, list);
      this.#byDay.set(key, list);
    }
    return list;
  }

  #workOut(day: Day, offer: number | undefined): PriceList {
    const list = new Int32Array(itemCount);
    const lines = menuLines.map((_, line) => pricesOn(this.#seed, line, day));
    for (const [number, { lineNumber }] of drinks.entries()) {
      const [regular, large] = lines[lineNumber] ?? [0, 0];
      const off = (pence: number) => (lineNumber === offer ? 5 * Math.round((pence * OFFER_SHARE) / 5) : pence);
      list[2 * number] = off(regular);
      list[2 * number + 1] = off(large);
    }
    return list;
  }
}
