import type { ChangeAnswer } from "../../../src/api/contract/index.ts";
import { hour, hourRange } from "./date.ts";
import { directionOf, percent } from "./number.ts";

type Cause = ChangeAnswer["byCause"][number]["cause"];

/** The causes a change in sales is split into, as the page names them. */
export const causeNames: Record<Cause, string> = {
  visits: "Visits",
  items_per_receipt: "Items per receipt",
  price_and_mix: "Price and mix",
};

/** A cause in a sentence: more visits, smaller baskets, dearer items. */
export function causePhrase(cause: Cause, pence: number): string {
  const up = pence > 0;
  return {
    visits: up ? "more visits" : "fewer visits",
    items_per_receipt: up ? "bigger baskets" : "smaller baskets",
    price_and_mix: up ? "dearer items" : "cheaper items",
  }[cause];
}

/** A part of the day in a table: Before 11:00, 11:00–14:00, After 17:00. */
export function daypartName(fromHour: number, toHour: number): string {
  if (fromHour === 0) return `Before ${hour(toHour)}`;
  if (toHour === 24) return `After ${hour(fromHour)}`;
  return hourRange(fromHour, toHour);
}

/** A part of the day in a sentence: before 11:00, between 11:00 and 14:00, after 17:00. */
export function daypartPhrase(fromHour: number, toHour: number): string {
  if (fromHour === 0) return `before ${hour(toHour)}`;
  if (toHour === 24) return `after ${hour(fromHour)}`;
  return `between ${hour(fromHour)} and ${hour(toHour)}`;
}

/** The name of a region as a sentence has it: the North East, Yorkshire and The Humber, Wales. */
export function regionInText(region: string): string {
  return /^(North|South|East|West) (East|West|Midlands|of England)/.test(region) || /Midlands$/.test(region)
    ? `the ${region}`
    : region;
}

/** Up 4.1 % on last Tuesday; level with last Tuesday. */
export function changePhrase(ratio: number, comparedWith: string): string {
  const to = directionOf(ratio);
  return to === "level" ? `level with ${comparedWith}` : `${to} ${percent(ratio)} on ${comparedWith}`;
}
