export { count, counted, dayName } from "../words.ts";

let money: Intl.NumberFormat | undefined;

/** 236710 → £2,367.10. */
export function pounds(pence: number): string {
  money ??= new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });
  return money.format(pence / 100);
}

/** 0.0413 → 4.1 %. */
export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** 812 ms, 4.9 s, 1 min 12 s. */
export function duration(ms: number): string {
  // What rounds up to the next unit is told in that one.
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
