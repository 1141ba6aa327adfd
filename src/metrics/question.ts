import { daysBetween } from "#core/day.ts";
import type { SqlValue, Warehouse } from "#core/ports/warehouse.ts";
import { Scope } from "#core/scope.ts";
import { type Comparison, type ComparisonKind, comparisonKind, type Period, type Trust } from "./answer.ts";
import { comparisonFrom, type OutcomeRow, readOutcomes, totalsOf } from "./comparison/comparison.ts";
import type { Cafe, Directory } from "./directory.ts";
import { NoDataError } from "./errors.ts";
import { periodOf, shiftDaysOf, shifted } from "./period.ts";
import { type CafeDeliveries, readDeliveries } from "./trust/cafe-deliveries.ts";
import { trustOf } from "./trust/trust.ts";

/** The parameters every metric shares, read and defaulted. */
export interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly compare: ComparisonKind | "none";
  readonly region?: string | undefined;
  readonly cafeIds?: readonly number[] | undefined;
}

/** What a statement is run with, where it differs from the question's own. */
interface Bound {
  readonly scope?: Scope;
  readonly period?: Period;
  /** Null: no comparison. */
  readonly comparison?: Period | null;
  readonly params?: Readonly<Record<string, SqlValue>>;
}

/** What has been worked out for these cafés and this period, whatever they are compared with. */
interface Memory {
  trust?: Promise<Trust>;
  deliveries?: Promise<CafeDeliveries[]>;
  /** Of the cafés asked about, by the first day of what is compared with: a long period has the same counterpart of either kind. */
  outcomes?: Promise<Map<string, OutcomeRow[]>>;
  /** The same of the whole chain. */
  chainOutcomes?: Promise<Map<string, OutcomeRow[]>>;
  /** What metrics share among themselves, by a name of their own. */
  readonly shared: Map<string, Promise<unknown>>;
  /** The same for other periods of the question, by first and last day. */
  readonly periods: Map<string, Memory>;
}

const emptyMemory = (): Memory => ({ shared: new Map(), periods: new Map() });

/**
 * One question: which cafés, which period, against what. Made by `ask`, which needs a scope; a metric gets the
 * warehouse only through it.
 */
export class Question {
  /** The cafés asked about: the caller's scope, narrowed by the filters. */
  readonly scope: Scope;
  /** The cafés the caller may see at all, whatever was asked about. */
  readonly caller: Scope;
  readonly cafes: readonly Cafe[];
  /** The cafés of {@link caller}. */
  readonly visibleCafes: readonly Cafe[];
  readonly period: Period;
  readonly compare: ComparisonKind | "none";
  /** Other cafés, which benchmarks compare with. Ratios may leave a metric, another café's figures may not. */
  readonly others: { readonly region: Scope; readonly chain: Scope };
  readonly regions: readonly string[];
  /** The country each region with cafés lies in, where that is known. */
  readonly countries: ReadonlyMap<string, string>;
  readonly dates: { readonly first: string; readonly last: string };
  readonly #warehouse: Pick<Warehouse, "query">;
  readonly #directory: Directory;
  readonly #memory: Memory;

  constructor(
    warehouse: Pick<Warehouse, "query">,
    directory: Directory,
    { scope, caller }: { scope: Scope; caller: Scope },
    period: Period,
    compare: Asked["compare"],
    memory: Memory = emptyMemory(),
  ) {
    if (!directory.dates) throw new NoDataError("Nothing has been loaded yet.");
    this.#warehouse = warehouse;
    this.#directory = directory;
    this.#memory = memory;
    this.scope = scope;
    this.caller = caller;
    this.period = period;
    this.compare = compare;
    this.dates = directory.dates;
    this.cafes = directory.cafes.filter((cafe) => scope.has(cafe.cafeId));
    this.visibleCafes = directory.cafes.filter((cafe) => caller.has(cafe.cafeId));
    this.regions = [...new Set(this.cafes.map((cafe) => cafe.region))].sort();
    this.countries = new Map(
      directory.cafes.flatMap(({ region, country }) => (country === null ? [] : [[region, country] as const])),
    );
    const rest = directory.cafes.filter((cafe) => !scope.has(cafe.cafeId));
    this.others = {
      region: new Scope(rest.filter((cafe) => this.regions.includes(cafe.region)).map((cafe) => cafe.cafeId)),
      chain: new Scope(rest.map((cafe) => cafe.cafeId)),
    };
  }

  /** The period's counterpart of that kind. */
  counterpart(kind: ComparisonKind, period = this.period): Period {
    return shifted(period, shiftDaysOf(period.days, kind));
  }

  /** The counterpart that was asked for; null for none. */
  get comparison(): Period | null {
    return this.compare === "none" ? null : this.counterpart(this.compare);
  }

  /** The same question against another comparison. What was worked out for one serves the other. */
  comparing(compare: Asked["compare"]): Question {
    if (compare === this.compare) return this;
    return new Question(this.#warehouse, this.#directory, this, this.period, compare, this.#memory);
  }

  /** The same of one of its cafés on one day, compared with nothing. */
  at(cafeId: number, date: string): Question {
    const scopes = { scope: this.scope.narrow([cafeId]), caller: this.caller };
    return new Question(this.#warehouse, this.#directory, scopes, periodOf(date, date), "none");
  }

  /** The same question about another period, such as whole weeks. It is remembered as long as this one. */
  over(period: Period): Question {
    if (period.from === this.period.from && period.to === this.period.to) return this;
    const key = `${period.from} ${period.to}`;
    const memory = this.#memory.periods.get(key) ?? emptyMemory();
    this.#memory.periods.set(key, memory);
    return new Question(this.#warehouse, this.#directory, this, period, this.compare, memory);
  }

  /** How many customers the warehouse knows: how much there is to read where customers are looked through rather than receipts. */
  get customersKnown(): number {
    return this.#directory.customers;
  }

  /** About how many receipts the period has: enough to choose by, and known without asking. */
  get receiptsExpected(): number {
    return this.cafes.length * this.period.days * this.#directory.receiptsADay;
  }

  /** Whether the caller is head office: somebody who may see the whole chain. Below it, breakdowns of customers are suppressed. */
  get isHeadOffice(): boolean {
    return this.caller.covers(this.#directory.cafes.map((cafe) => cafe.cafeId));
  }

  /** Whether this is about a single café, or about all that the caller may see of a single region. */
  get isOneCafeOrRegion(): boolean {
    const [region] = this.regions;
    const members = this.visibleCafes.filter((cafe) => cafe.region === region);
    return this.cafes.length < 2 || (this.regions.length === 1 && members.length === this.cafes.length);
  }

  /** What several metrics read alike, worked out once. */
  once<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const known = this.#memory.shared.get(name) as Promise<Result> | undefined;
    if (known) return known;
    const fresh = work();
    this.#memory.shared.set(name, fresh);
    return fresh;
  }

  /** What no filter changes, worked out once for each version of the data. */
  async onceForAll<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const { known } = this.#directory;
    const fresh = (known.get(name) as Promise<Result> | undefined) ?? work();
    known.set(name, fresh);
    try {
      return await fresh;
    } catch (error) {
      known.delete(name);
      throw error;
    }
  }

  /** Rows of a metric's statement, with `snake_case` columns as `camelCase` properties. */
  async query<R extends object>(statement: string, bound: Bound = {}): Promise<R[]> {
    const { scope = this.scope, period = this.period, params = {} } = bound;
    const comparison = bound.comparison === undefined ? this.comparison : bound.comparison;
    const rows = await this.#warehouse.query(statement, {
      granted_locations: scope.asParameter(),
      caller_locations: this.caller.asParameter(),
      from: period.from,
      to: period.to,
      before_from: comparison?.from ?? null,
      before_to: comparison?.to ?? null,
      shift_days: comparison ? daysBetween(period.from, comparison.from) : null,
      other_shift_days: null,
      ...params,
    });
    return camelCased<R>(rows);
  }

  /** What every answer begins with. Worked out once, however many metrics ask. */
  async head(): Promise<{ period: Period; comparison: Comparison | null; trust: Trust }> {
    const kind = this.compare;
    const [outcomes, trust] = await Promise.all([kind === "none" ? [] : this.outcomes(kind), this.trust()]);
    const comparison = kind === "none" ? null : comparisonFrom(this, kind, totalsOf(outcomes));
    return { period: this.period, comparison, trust };
  }

  /** The same question, of which {@link otherOutcomes} will be asked too: all cafés are read in one go then. */
  amongOthers(): Question {
    this.#outcomesOfChain();
    return this;
  }

  /** Every café's outcomes of the comparison of that kind. Worked out once. */
  async outcomes(kind: ComparisonKind): Promise<OutcomeRow[]> {
    const outcomes = outcomesOf(await this.#outcomesRead(), this.counterpart(kind));
    return outcomes.filter(({ cafeId }) => this.scope.has(cafeId));
  }

  /** The same of the cafés that were not asked about: see {@link others}. */
  async otherOutcomes(kind: ComparisonKind): Promise<OutcomeRow[]> {
    const outcomes = outcomesOf(await this.#outcomesOfChain(), this.counterpart(kind));
    return outcomes.filter(({ cafeId }) => !this.scope.has(cafeId));
  }

  /** Every café's outcomes of the comparison with any period that is as long. */
  async outcomesAgainst(before: Period): Promise<OutcomeRow[]> {
    return outcomesOf(await readOutcomes(this, this.cafes, [before]), before);
  }

  /** Of the cafés asked about at least: of the whole chain where that was read, or is the same. */
  #outcomesRead(): Promise<Map<string, OutcomeRow[]>> {
    const { chainOutcomes } = this.#memory;
    if (chainOutcomes || this.others.chain.locationIds.length === 0) return this.#outcomesOfChain();
    this.#memory.outcomes ??= this.#readOutcomes(this.cafes);
    return this.#memory.outcomes;
  }

  #outcomesOfChain(): Promise<Map<string, OutcomeRow[]>> {
    this.#memory.chainOutcomes ??= this.#readOutcomes(this.#directory.cafes);
    return this.#memory.chainOutcomes;
  }

  /** Both kinds of comparison in one reading: a page asks for both, and a café and outcome is one row. */
  #readOutcomes(cafes: readonly Cafe[]): Promise<Map<string, OutcomeRow[]>> {
    return readOutcomes(
      this,
      cafes,
      comparisonKind.options.map((kind) => this.counterpart(kind)),
    );
  }

  /** What each café delivered. Worked out once. */
  deliveries(): Promise<CafeDeliveries[]> {
    this.#memory.deliveries ??= readDeliveries(this);
    return this.#memory.deliveries;
  }

  /** How far the period can be trusted. Worked out once. */
  trust(): Promise<Trust> {
    this.#memory.trust ??= trustOf(this);
    return this.#memory.trust;
  }
}

function outcomesOf(outcomes: ReadonlyMap<string, OutcomeRow[]>, counterpart: Period): OutcomeRow[] {
  return outcomes.get(counterpart.from) ?? [];
}

/** The columns are named once, however many rows there are. */
function camelCased<R extends object>(rows: readonly object[]): R[] {
  const [first] = rows;
  if (first === undefined) return [];
  const names = Object.keys(first).map((name) => [
    name,
    name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
  ]) as [string, string][];
  return rows.map((row) => {
    const values = row as Record<string, unknown>;
    const renamed: Record<string, unknown> = {};
    for (const [name, renamedTo] of names) renamed[renamedTo] = values[name];
    return renamed as R;
  });
}
