import type { Cafe } from "./cafes.ts";
import type { CustomerPool, Person } from "./customers.ts";
import type { Day } from "./days.ts";

/** Counts stop here: nobody asks whether it was 250 visits or 260. */
const ENOUGH = 250;

/**
 * How often each person came, in memory that several threads share: a byte for each person who can have held a place in a
 * café's pool during the days counted.
 */
export class VisitCounts {
  readonly #counts: Uint8Array;
  readonly #starts: Int32Array;
  readonly #pool: (cafe: number) => CustomerPool | undefined;
  readonly #from: Day;

  constructor(
    memory: SharedArrayBuffer,
    starts: Int32Array,
    from: Day,
    pool: (cafe: number) => CustomerPool | undefined,
  ) {
    this.#counts = new Uint8Array(memory);
    this.#starts = starts;
    this.#from = from;
    this.#pool = pool;
  }

  /** One more visit of a person. */
  add({ home, place, turn }: Person): void {
    const pool = this.#pool(home);
    if (!pool) return;
    const cell = (this.#starts[home] ?? 0) + (turn - pool.turnOn(place, this.#from)) * pool.places + place;
    if ((this.#counts[cell] ?? 0) < ENOUGH) Atomics.add(this.#counts, cell, 1);
  }

  /** How many people came, and how many of them more than once. */
  people(): { customers: number; repeatCustomers: number } {
    let customers = 0;
    let repeatCustomers = 0;
    for (const count of this.#counts) {
      if (count > 0) customers += 1;
      if (count > 1) repeatCustomers += 1;
    }
    return { customers, repeatCustomers };
  }
}

/** Where each café's people begin in the shared memory, and, last, how much of it is needed. */
export function layOut(chain: readonly Cafe[], places: (cafe: Cafe) => number, turns: number): Int32Array {
  const starts = new Int32Array(chain.length + 1);
  for (const cafe of chain) starts[cafe.number + 1] = (starts[cafe.number] ?? 0) + places(cafe) * turns;
  return starts;
}
