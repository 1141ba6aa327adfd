import { z } from "zod";

/**
 * A whole number that comes from outside, mostly as text: decimal digits. Whatever else JavaScript takes for a number (`1e3`, `0x1`,
 * a space) was hardly meant as one, and is refused.
 */
export function wholeNumber(min: number, max: number) {
  const allowed = `a whole number from ${min} to ${max}`;
  const number = z.number(allowed).int(allowed).min(min, allowed).max(max, allowed);
  return z.preprocess(
    (given: string) => (typeof given === "string" && /^\d+$/.test(given) ? Number(given) : given),
    number,
  );
}
