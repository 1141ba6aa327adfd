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
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
