import { createHash } from "node:crypto";

/** A source of random numbers that depends on nothing but the words it was started from. */
export interface RandomStream {
  /** Starts over from these words; the same words give the same numbers, on every machine. */
  startFrom(one: number, two: number, three: number): void;
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from 0 up to, but not including, `end`. */
  below(end: number): number;
}

/** A seed as the user gives it, any text, as a 32-bit word. */
export function seedWord(seed: string): number {
  return createHash("sha256").update(seed).digest().readInt32LE(0);
}

/**
 * Mixes three words into one 32-bit word, each bit of which depends on every bit of the three: the finaliser of
 * MurmurHash3 (Austin Appleby, public domain) after each.
 */
export function mix(one: number, two: number, three: number): number {
  let h = finalise(one ^ 0x9e3779b9);
  h = finalise(Math.imul(h, 5) + (two | 0) + 0x7f4a7c15);
  return finalise(Math.imul(h, 5) + (three | 0) + 0x165667b1);
}

function finalise(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A number from 0 up to, but not including, 1, that depends on nothing but the three words. */
export function share(one: number, two: number, three: number): number {
  return (mix(one, two, three) >>> 0) / 4294967296;
}

/** A draw from the standard normal distribution, by the method of Box and Muller, that depends on the words alone. */
export function normal(one: number, two: number, three: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - share(one, two, three)));
  return radius * Math.cos(2 * Math.PI * share(two, three, one ^ 0x5bd1e995));
}

/**
 * A stream of random numbers: sfc32, of Chris Doty-Humphrey's PractRand, with state in plain variables because the
 * generator draws some thirty numbers a receipt.
 */
export function randomStream(): RandomStream {
  let a = 0;
  let b = 0;
  let c = 0;
  let counter = 1;
  function word(): number {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return result;
  }
  return {
    startFrom(one, two, three) {
      a = mix(one, two, three);
      b = mix(two, three, a);
      c = mix(three, a, b);
      counter = 1;
      for (let round = 0; round < 12; round++) word();
    },
    next: () => (word() >>> 0) / 4294967296,
    below: (end) => (((word() >>> 0) / 4294967296) * end) | 0,
  };
}
