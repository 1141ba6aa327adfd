import { type Preset, presets } from "./period.ts";

/** What the reader chose, as the address has it. Nothing is written that the page would choose by itself. */
export interface Search {
  period?: Preset | undefined;
  /** Only with `period=custom`. */
  from?: string | undefined;
  to?: string | undefined;
  compare?: "week" | "year" | undefined;
  region?: string | undefined;
  /** Café ids with commas between. */
  cafe?: string | undefined;
  /** Of a day's receipts; 1 is left out. */
  page?: number | undefined;
  /** The column a league is sorted by; with a minus in front, the other way round than at first. */
  sort?: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const SORT = /^-?[a-z]{1,20}$/;
const CAFES = /^\d{1,9}(,\d{1,9}){0,199}$/;

/** Takes what makes sense of an address and forgets the rest, so that an old or mistyped link still opens. */
export function readSearch(raw: Record<string, unknown>): Search {
  const search: Search = {};
  const text = (name: string) => (raw[name] === undefined ? undefined : String(raw[name]));
  const from = text("from");
  const to = text("to");
  if (presets.includes(raw.period as Preset)) search.period = raw.period as Preset;
  if (search.period === "custom" || (!search.period && (from ?? to))) {
    if (from && isDay(from)) search.from = from;
    if (to && isDay(to)) search.to = to;
    if (search.from || search.to) search.period = "custom";
    else delete search.period;
  }
  if (raw.compare === "week" || raw.compare === "year") search.compare = raw.compare;
  const region = text("region");
  if (region && region.length <= 40) search.region = region;
  const cafe = text("cafe");
  if (cafe && CAFES.test(cafe)) search.cafe = cafe;
  const page = Number(raw.page);
  if (Number.isInteger(page) && page > 1 && page <= 100_000) search.page = page;
  const sort = text("sort");
  if (sort && SORT.test(sort)) search.sort = sort;
  return search;
}

/** What a link to another page takes along: the filters, but not how a list was sorted and how far down one was. */
export function keepFilters(search: Search): Search {
  return { ...search, page: undefined, sort: undefined };
}

/** The address as people read it: `?period=7d&region=Wales`, no quotes and no JSON. */
export function writeSearch(search: object): string {
  const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(pairs as [string, string][]).toString().replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}

/** The reverse of `writeSearch`. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Whether a text is a day of the calendar. A browser takes 30 February for 2 March. */
export function isDay(text: string): boolean {
  const time = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
