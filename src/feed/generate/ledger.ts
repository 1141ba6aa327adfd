import type { Cafe } from "./cafes.ts";
import { closedOn, isGone, openedOn, plannedClosure } from "./cafes.ts";
import { type Day, dateOf } from "./days.ts";
import type { PlantedFault } from "./faults.ts";
import { drinks, menuLines, PARTNER_SHARE, partners } from "./menu.ts";
import type { Plan } from "./options.ts";
import { type CafeEvent, cafeEvents, menuEvents, promotions } from "./schedule.ts";

/** Something that was planted in the sample, for forecasts and alerts to find. Dates are the first and last day of it. */
export interface Truth {
  readonly kind:
    | "decline"
    | "competitor"
    | "out_of_stock"
    | "lunch_growth"
    | "promotion"
    | "price_rise"
    | "launched"
    | "withdrawn"
    | "opened"
    | "closed";
  /** The café or cafés it concerns; none where it is the whole chain. */
  readonly cafes: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly says: string;
  /** At its full strength, as a share of receipts: -0.32 for a third less; of lunch receipts for a lunch that grows. */
  readonly effect?: number;
  readonly product?: string;
  readonly flavour?: string;
  /** Pence more on each size. */
  readonly rise?: number;
}

/** A café of the sample, as the ledger describes it. */
export interface CafeEntry {
  readonly name: string;
  readonly region: string;
  readonly character: string;
  readonly till: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
  readonly closures: readonly { readonly date: string; readonly reason: string }[];
}

/** What was generated and what was planted in it: the file `truths.json` beside the data. */
export interface SampleLedger {
  readonly seed: string;
  /** The first and the last day that the folder holds. */
  readonly from: string;
  readonly until: string;
  readonly receiptsPerDay: number;
  readonly shape: string;
  /** Of the days that were generated last: all of them, unless an earlier sample was made longer. */
  readonly totals: {
    readonly from: string;
    readonly until: string;
    readonly files: number;
    readonly receipts: number;
    readonly items: number;
    readonly pence: number;
    /** Receipts and pence that count once the pipeline has run: planted faults lose some, and change some totals. */
    readonly countedReceipts: number;
    readonly countedPence: number;
    /** People who came at all, and those who came more than once; as they are, not as a till can know them. */
    readonly customers: number;
    readonly repeatCustomers: number;
    readonly repeatCustomerShare: number;
  };
  readonly cafes: readonly CafeEntry[];
  readonly truths: readonly Truth[];
  /** Pairs of products of which one brings the other along, with how often. */
  readonly boughtTogether: readonly { readonly products: readonly string[]; readonly share: number }[];
  readonly faults: readonly PlantedFault[];
}

/** What was planted in the days from `from` to `until`, in order of date. */
export function plantedTruths(
  seed: number,
  chain: readonly Cafe[],
  { from, until }: { from: Day; until: Day },
): Truth[] {
  const truths = [
    ...chain.flatMap((cafe) => cafeTruths(seed, cafe, from, until)),
    ...regionalTruths(seed, chain, from, until),
    ...menuTruths(seed, from, until),
  ];
  return truths.sort((one, other) => (one.from < other.from ? -1 : 1));
}

function cafeTruths(seed: number, cafe: Cafe, from: Day, until: Day): Truth[] {
  const name = cafe.name;
  const truths = cafeEvents(seed, cafe.number, from, until).map((event) => cafeTruth(name, event));
  const opened = openedOn(seed, cafe, until);
  if (opened !== undefined && opened >= from && opened <= until) {
    const date = dateOf(opened);
    truths.push({ kind: "opened", cafes: [name], from: date, until: date, says: `${name} opens.` });
  }
  const closed = closedOn(seed, cafe, from, until);
  if (closed !== undefined) {
    const date = dateOf(closed);
    truths.push({ kind: "closed", cafes: [name], from: date, until: date, says: `${name} closes.` });
  }
  return truths;
}

function cafeTruth(name: string, event: CafeEvent): Truth {
  const { kind, effect } = event;
  const common = { kind, cafes: [name], from: dateOf(event.from), until: dateOf(event.until) };
  const percent = `${Math.round(100 * effect)} %`;
  switch (kind) {
    case "decline":
      return { ...common, effect: -effect, says: `${name} loses ${percent} of its trade over half a year.` };
    case "competitor":
      return { ...common, effect: -effect, says: `A competitor opens near ${name} and takes ${percent} of its trade.` };
    case "lunch_growth":
      return { ...common, effect, says: `Lunch at ${name} (11:30 to 14:30) grows by ${percent} over half a year.` };
    case "out_of_stock": {
      const product = drinks[event.drink ?? 0]?.name ?? "";
      return { ...common, effect: -effect, product, says: `${name} has no ${product} for three days.` };
    }
  }
}

function regionalTruths(seed: number, chain: readonly Cafe[], from: Day, until: Day): Truth[] {
  return promotions(seed, from, until).flatMap((promotion): Truth[] => {
    const cafes = chain.filter(({ region }) => region === promotion.region).map(({ name }) => name);
    const product = menuLines[promotion.line]?.name ?? "";
    if (cafes.length === 0) return [];
    return [
      {
        kind: "promotion",
        cafes,
        from: dateOf(promotion.from),
        until: dateOf(promotion.until),
        effect: promotion.uplift,
        product,
        says: `${product} costs a fifth less in ${promotion.region}, and ${Math.round(100 * promotion.uplift)} % more receipts come of it.`,
      },
    ];
  });
}

function menuTruths(seed: number, from: Day, until: Day): Truth[] {
  return menuEvents(seed, from, until).map(({ kind, day, line, drink, rise }): Truth => {
    const product = menuLines[line]?.name ?? "";
    const flavour = drink === undefined ? undefined : drinks[drink]?.flavour;
    const full = flavour === undefined ? product : `${product} - ${flavour}`;
    return {
      kind,
      cafes: [],
      from: dateOf(day),
      until: dateOf(day),
      product,
      ...(flavour !== undefined && { flavour }),
      ...(rise !== undefined && { rise }),
      says:
        kind === "price_rise"
          ? `${product} goes up by ${rise} pence in every size.`
          : `${full} is ${kind === "launched" ? "on sale from this day on" : "no longer sold from this day on"}.`,
    };
  });
}

/** The cafés with their openings and planned closures in the days from `from` to `until`. */
export function cafeEntries(
  seed: number,
  chain: readonly Cafe[],
  { from, until, shape }: Pick<Plan, "from" | "until" | "shape">,
): CafeEntry[] {
  return chain.map((cafe) => {
    const opened = openedOn(seed, cafe, until);
    const closed = closedOn(seed, cafe, from, until);
    const closures: { date: string; reason: string }[] = [];
    for (let day = from; day <= until; day++) {
      const reason = plannedClosure(seed, cafe, day);
      if (reason !== undefined && !isGone(seed, cafe, day)) closures.push({ date: dateOf(day), reason });
    }
    return {
      name: cafe.name,
      region: cafe.region,
      character: cafe.character,
      till: shape === "mixed" ? cafe.till : shape,
      latitude: cafe.latitude,
      longitude: cafe.longitude,
      openedOn: opened === undefined || opened < 0 ? null : dateOf(opened),
      closedOn: closed === undefined || (opened !== undefined && opened > closed) ? null : dateOf(closed),
      closures,
    };
  });
}

/** The pairs of {@link partners}, each once. */
export function pairsBoughtTogether(): { products: string[]; share: number }[] {
  const names = (drink: number) => {
    const { name = "", flavour } = drinks[drink] ?? {};
    return flavour === undefined ? name : `${name} - ${flavour}`;
  };
  return [...partners]
    .filter(([one, other]) => one < other)
    .map(([one, other]) => ({ products: [names(one), names(other)], share: PARTNER_SHARE }));
}
