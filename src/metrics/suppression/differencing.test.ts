import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays } from "#core/day.ts";
import { cohorts } from "../cohorts/cohorts.ts";
import { customerSegments } from "../customer-segments/customer-segments.ts";
import { NoDataError, ParameterError } from "../errors.ts";
import { firstPurchases } from "../first-purchases/first-purchases.ts";
import { lapsing } from "../lapsing/lapsing.ts";
import type { Asked } from "../question.ts";
import { sharedCustomers } from "../shared-customers/shared-customers.ts";
import { openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import type { HandReceipt } from "../small-chain-rows.suite.ts";
import { visitFrequency } from "../visit-frequency/visit-frequency.ts";

// Every question about customers that an owner of two cafés of a region may ask of this chain is asked, and every answer is
// subtracted from every other that contains it. Anything from one to nine would be a group that nobody should learn of.

const franchise = [1, 2];
const monday = "2026-01-05";
const weeksOfData = 20;

interface Visit {
  cafe: number;
  date: string;
  customer: number;
  named: boolean;
}

let chain: SmallChain;
const visits: Visit[] = [];

/** A generator of its own, so that the chain is the same every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

beforeAll(async () => {
  const random = seeded(20260105);
  for (let customer = 1; customer <= 150; customer += 1) {
    const named = customer % 8 === 0;
    const home = customer % 5 < 3 ? 1 : 2;
    const first = Math.floor(random() * 19);
    const weekly = random() ** 2;
    const last = random() < 0.3 ? first + Math.floor(random() * 12) : weeksOfData;
    for (let week = first; week < Math.min(last + 1, weeksOfData); week += 1) {
      if (week > first && random() > weekly) continue;
      // Café 2 is closed in week 3, and lets weeks 4 and 17 be told apart.
      const cafe = !named && customer % 7 === 0 && random() < 0.5 ? 3 - home : home;
      if (cafe === 2 && week === 3) continue;
      visits.push({ cafe, date: addDays(monday, 7 * week + Math.floor(random() * 7)), customer, named });
    }
  }
  chain = await openSmallChain([
    { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
    { id: 2, name: "York", region: "Yorkshire and The Humber" },
    { id: 3, name: "Bath", region: "South West" },
  ]);
  const days = new Map<string, Visit[]>();
  for (const visit of visits) {
    const key = `${visit.cafe} ${visit.date}`;
    days.set(key, [...(days.get(key) ?? []), visit]);
  }
  for (const [key, ofDay] of days) {
    const [cafe = "", date = ""] = key.split(" ");
    chain.deliver(
      Number(cafe),
      date,
      ofDay.map(({ customer, named }): HandReceipt => {
        const lines = [[customer % 3 === 0 ? "Mocha" : "Latte", 200 + customer]] as const;
        return { at: "09:00", lines, ...(named ? { named: customer } : { customer }) };
      }),
    );
  }
  chain.deliver(3, monday);
  chain.deliver(3, addDays(monday, 7 * weeksOfData - 1));
  await chain.load();
}, 120_000);

afterAll(() => chain.dispose());

/** An answer's cells by name; null where withheld. Cells of different metrics have one name where one is within the other. */
interface Told {
  metric: string;
  asked: string;
  cells: Map<string, number | null>;
  /** The customers and receipts it is made from: two answers are compared when those of one are all in the other. */
  from: Set<number>;
  /** The total that is shown beside the cells, when they are parts of it. */
  total: number | null;
}

type Asker = (asked: Partial<Asked>, names: "yes" | "no") => Promise<Told[]>;

function asker(cafeIds: readonly number[] | undefined): Asker {
  return async (asked, names) => {
    const question = await chain.ask({ compare: "none", ...asked }, cafeIds);
    const cafes = asked.cafeIds ?? franchise;
    const told: Told[] = [];
    const tell = (
      metric: string,
      { from, to }: { from: string; to: string },
      cells: [string, number | null][],
      total: number | null,
    ) => {
      const receipts = visits.flatMap(({ cafe, date, named }, index) =>
        cafes.includes(cafe) && date >= from && date <= to && (names === "yes" || !named) ? [index] : [],
      );
      told.push({
        metric,
        asked: `${cafes} ${from} ${to} ${names}`,
        cells: new Map(cells),
        from: new Set(receipts),
        total,
      });
    };
    const frequency = await visitFrequency.run(question, { names });
    const bands = frequency.bands.map(({ visits: band, customers }): [string, number | null] => [band, customers]);
    tell("visits", frequency.period, bands, frequency.customers);
    const segmented = await customerSegments.run(question, { names });
    const bandOf: Record<string, string> = { one_visit: "1", frequent: "6-12" };
    const fresh = segmented.segments.find(({ segment }) => segment === "new")?.customers ?? 0;
    tell(
      "segments",
      segmented.period,
      segmented.segments
        .filter(({ segment }) => segment !== "new")
        .map(({ segment, customers }) => [bandOf[segment] ?? segment, customers]),
      segmented.customers - fresh,
    );
    const lapsed = await lapsing.run(question, { names });
    const lengths = lapsed.absences.map(({ days, customers }): [string, number | null] => [days, customers]);
    tell("absence", lapsed.period, lengths, lapsed.customers);
    for (const grain of ["week", "month"] as const) {
      const grid = await cohorts.run(question, { names, grain });
      for (const { firstVisit, customers, later, returned } of grid.cells) {
        const stayedAway = returned === null ? null : customers - returned;
        const name = `${firstVisit} ${later}`;
        tell(
          `cohorts by ${grain}`,
          grid.period,
          [
            [`${name} back`, returned],
            [`${name} not`, stayedAway],
          ],
          customers,
        );
      }
    }
    try {
      const { period, customers, products } = await firstPurchases.run(question, { names, limit: 20 });
      for (const name of ["Latte", "Mocha"]) {
        const bought = products.find((product) => product.name === name)?.customers ?? null;
        const not = bought === null ? null : customers - bought;
        tell(
          "first purchases",
          period,
          [
            [name, bought],
            [`no ${name}`, not],
          ],
          customers,
        );
      }
    } catch (error) {
      if (!(error instanceof NoDataError)) throw error;
    }
    const shared = await sharedCustomers.run(question, {});
    const others = shared.shared === null ? null : shared.customers - shared.shared;
    tell(
      "shared",
      shared.period,
      [
        ["shared", shared.shared],
        ["not shared", others],
      ],
      shared.customers,
    );
    return told;
  };
}

/** Frequent customers are among those who came 6 to 12 times, but not the other way round. */
function contains(one: Told, other: Told): boolean {
  const alike = other.metric === one.metric || (one.metric === "visits" && other.metric === "segments");
  return alike && [...other.from].every((receipt) => one.from.has(receipt));
}

const inWords = ({ metric, asked }: Told) => `${metric} ${asked}`;
const isFew = (customers: number) => customers !== 0 && Math.abs(customers) < 10;

/** Whatever can be learned of one to nine customers. */
function givenAway(answers: readonly Told[]): string[] {
  const leaks: string[] = [];
  for (const one of answers) {
    const shown = [...one.cells].flatMap(([name, customers]) => (customers === null ? [] : [{ name, customers }]));
    for (const { name, customers } of shown) if (customers < 10) leaks.push(`${inWords(one)}: ${name} is ${customers}`);
    const rest = (one.total ?? 0) - shown.reduce((sum, { customers }) => sum + customers, 0);
    if (shown.length > 0 && isFew(rest)) leaks.push(`${inWords(one)}: ${rest} are left`);
    if (one.cells.size - shown.length === 1) leaks.push(`${inWords(one)}: a single cell is withheld`);
    for (const other of answers) {
      if (other === one || !contains(one, other)) continue;
      for (const { name, customers } of shown) {
        const inner = other.cells.get(name);
        if (inner !== null && inner !== undefined && isFew(customers - inner)) {
          leaks.push(`${inWords(one)} less ${inWords(other)}: ${name} is ${customers - inner}`);
        }
      }
    }
  }
  return leaks;
}

async function everyAnswer(ask: Asker, weeks: readonly number[]): Promise<Told[]> {
  const answers: Told[] = [];
  for (const filter of [{ region: "Yorkshire and The Humber" }, { cafeIds: [1] }, { cafeIds: [2] }]) {
    for (const week of weeks) {
      // Whatever day of a week is asked for, and however many: the answer is for whole weeks.
      const to = addDays(monday, 7 * week - 1 + (week % 3));
      const from = addDays(to, -6 - 10 * (week % 4));
      for (const names of ["no", "yes"] as const) answers.push(...(await ask({ ...filter, from, to }, names)));
    }
  }
  return answers;
}

test("no difference of two permitted answers tells of one to nine customers", async () => {
  const answers = await everyAnswer(asker(franchise), [13, 14, 16, 17, 20]);
  const cells = answers.flatMap((answer) => [...answer.cells.values()]);
  expect(cells.filter((customers) => customers !== null).length).toBeGreaterThan(50);
  expect(givenAway(answers)).toEqual([]);
  // The same questions of head office, which sees all: without suppression there is much to learn.
  expect(givenAway(await everyAnswer(asker(undefined), [20])).length).toBeGreaterThan(50);
}, 300_000);

test("weeks that begin before the café was there, or at its closure, are not answered for", async () => {
  const question = await chain.ask({ cafeIds: [2], to: addDays(monday, 7 * 16 - 1) }, franchise);
  // The 13 weeks to week 16 begin with week 4, in which café 2 was closed.
  expect((await visitFrequency.run(question, { names: "no" })).period.to).toBe(addDays(monday, 7 * 15 - 1));
  const early = await chain.ask({ cafeIds: [2], to: addDays(monday, 7 * 12 - 1) }, franchise);
  await expect(visitFrequency.run(early, { names: "no" })).rejects.toBeInstanceOf(NoDataError);
});

test("two regions, or some cafés of one, are refused below head office, for every customer metric", async () => {
  const question = await chain.ask({}, [1, 2, 3]);
  expect(question.isHeadOffice).toBe(true);
  const several = await openSmallChain([
    { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
    { id: 2, name: "York", region: "Yorkshire and The Humber" },
    { id: 3, name: "Bath", region: "South West" },
    { id: 4, name: "Hull", region: "Yorkshire and The Humber" },
  ]);
  try {
    several.deliver(1, monday);
    several.deliver(1, addDays(monday, 140));
    await several.load();
    for (const [asked, scope] of [
      [{}, [1, 3]],
      [{ cafeIds: [1, 2] }, [1, 2, 4]],
    ] as const) {
      const refused = await several.ask(asked, scope);
      for (const metric of [visitFrequency, customerSegments, lapsing]) {
        await expect(metric.run(refused, { names: "no" })).rejects.toBeInstanceOf(ParameterError);
      }
      await expect(cohorts.run(refused, { names: "no", grain: "week" })).rejects.toBeInstanceOf(ParameterError);
      await expect(sharedCustomers.run(refused, {})).rejects.toBeInstanceOf(ParameterError);
      await expect(firstPurchases.run(refused, { names: "no", limit: 5 })).rejects.toBeInstanceOf(ParameterError);
    }
  } finally {
    await several.dispose();
  }
});
