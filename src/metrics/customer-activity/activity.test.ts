import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { addDays, daysBetween } from "#core/day.ts";
import { customerSegments } from "../customer-segments/customer-segments.ts";
import { customerSegmentsAnswer } from "../customer-segments/schema.ts";
import { lapsing } from "../lapsing/lapsing.ts";
import { lapsingAnswer } from "../lapsing/schema.ts";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { breakdownBefore, inBreakdownWeeks } from "../suppression/permitted.ts";
import { visitFrequencyAnswer } from "../visit-frequency/schema.ts";
import { visitFrequency } from "../visit-frequency/visit-frequency.ts";
import { readActivity } from "./activity.ts";

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

// 20 weeks of data from Monday 1 September 2025; the 13 weeks to Sunday 18 January 2026 begin on 20 October.
const first = "2025-09-01";
const last = "2026-01-18";
const start = "2025-10-20";

/** Who comes on which days of the 13 weeks, counted from their first. */
const visitsOf: Record<string, number[]> = {
  // Every week to the last.
  regular: [0, 7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84],
  frequent: [0, 14, 28, 42, 56, 77],
  occasional: [5, 80],
  // First ever on 5 January.
  fresh: [77],
  once: [40],
  // Four weekly visits from their first, 22 October, to 12 November: then 67 days of nothing.
  quiet: [2, 9, 16, 23],
  // Weekly, and then not for 27 days: last on 22 December.
  quietSince: [42, 49, 56, 63],
  // Three times within six weeks, then not for 42 days or more.
  slipping: [0, 10, 40],
};

async function everybody(): Promise<SmallChain> {
  chain = await openSmallChain([{ id: 1, name: "Leeds", region: "Yorkshire and The Humber" }]);
  // All but the newcomer were there before, so that nobody else is new.
  const known = Object.keys(visitsOf);
  chain.deliver(
    1,
    first,
    known.flatMap((name, index) =>
      name === "fresh" || name.startsWith("quiet") ? [] : [latte("09:00", 100, index + 1)],
    ),
  );
  for (let day = 0; day < 91; day += 1) {
    const receipts = known.flatMap((name, index) =>
      visitsOf[name]?.includes(day) ? [latte("09:00", 300, index + 1)] : [],
    );
    if (receipts.length > 0) chain.deliver(1, addDays(start, day), receipts);
  }
  // A name, twice in the last week.
  chain.deliver(1, "2026-01-16", [{ ...latte("09:00", 500), named: 50 }]);
  chain.deliver(1, "2026-01-17", [{ ...latte("09:00", 500), named: 50 }]);
  chain.deliver(1, last);
  await chain.load();
  return chain;
}

test("every customer of the 13 weeks is in one segment, by recency and frequency", async () => {
  const small = await everybody();
  const answer = customerSegmentsAnswer.parse(await customerSegments.run(await small.ask(), { names: "no" }));
  expect(answer.period).toMatchObject({ from: start, to: last });
  expect(
    answer.segments.map(({ name, customers, visits, totalPence }) => [name, customers, visits, totalPence]),
  ).toEqual([
    ["Regulars", 1, 13, 3900],
    ["Frequent", 1, 6, 1800],
    ["Occasional", 1, 2, 600],
    ["New", 1, 1, 300],
    ["One visit", 1, 1, 300],
    ["Slipping away", 1, 3, 900],
    ["Gone quiet", 2, 8, 2400],
  ]);
  expect(answer).toMatchObject({ customers: 8, visits: 34, totalPence: 10200, suppressed: false });
  expect(answer.segments[0]).toMatchObject({ customersShare: 1 / 8, salesShare: 3900 / 10200, visitsEach: 13 });
});

test("bands of visits add up to everybody; names are added on demand", async () => {
  const small = await everybody();
  const answer = visitFrequencyAnswer.parse(await visitFrequency.run(await small.ask(), { names: "no" }));
  expect(answer.bands.map(({ customers }) => customers)).toEqual([2, 1, 3, 1, 1]);
  expect(answer).toMatchObject({ customers: 8, visits: 34, visitsEach: 34 / 8, cameAgainShare: 0.75 });
  const withNames = await visitFrequency.run(await small.ask(), { names: "yes" });
  expect(withNames.bands.map(({ customers }) => customers)).toEqual([2, 2, 3, 1, 1]);
});

test("who has gone quiet is worth a month of what they spent while they came", async () => {
  const small = await everybody();
  const answer = lapsingAnswer.parse(await lapsing.run(await small.ask(), { names: "no" }));
  // Each spent £12 in 22 days, which counts as 28: 1200 x 365 / (12 x 28) = 1303.57 pence a month.
  expect(answer).toMatchObject({
    customers: 2,
    worthPence: 2608,
    absences: [
      { days: "21-27", customers: 1, worthPence: 1304 },
      { days: "28-41", customers: 0, worthPence: 0 },
      { days: "42+", customers: 1, worthPence: 1304 },
    ],
  });
});

test("who may see one café of several sees no customer of so few", async () => {
  const small = await openSmallChain([
    { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
    { id: 2, name: "York", region: "Yorkshire and The Humber" },
  ]);
  try {
    for (let week = 0; week < 13; week += 1) small.deliver(1, addDays(first, 7 * week), [latte("09:00", 200, 1)]);
    small.deliver(1, addDays(first, 90));
    await small.load();
    const answer = await customerSegments.run(await small.ask({}, [1]), { names: "no" });
    expect(answer).toMatchObject({ suppressed: true, customers: 1 });
    expect(answer.segments.filter(({ segment }) => segment !== "new").map(({ customers }) => customers)).toEqual(
      Array(6).fill(null),
    );
    expect((await lapsing.run(await small.ask({}, [1]), { names: "no" })).customers).toBeNull();
  } finally {
    await small.dispose();
  }
});

test("whoever pays twice on a day, at one café or at two, came once", async () => {
  chain = await openSmallChain(twoCafes);
  chain.deliver(1, first, [latte("09:00", 200, 1), latte("11:00", 150, 1), latte("09:00", 100, 2)]);
  chain.deliver(2, first, [latte("12:00", 250, 1)]);
  chain.deliver(1, addDays(first, 90));
  await chain.load();
  const answer = await visitFrequency.run(await chain.ask(), { names: "no" });
  expect(answer).toMatchObject({ customers: 2, visits: 2, visitsEach: 1, cameAgainShare: 0 });
  const { visits, totalPence } = await customerSegments.run(await chain.ask(), { names: "no" });
  expect({ visits, totalPence }).toEqual({ visits: 2, totalPence: 700 });
});

test("every 13 weeks of any cafés, on both sides and over New Year, are what the receipts say", async () => {
  chain = await openSmallChain([...twoCafes, { id: 3, name: "Bath", region: "South West" }]);
  const days = 500;
  const [paid = []] = fc.sample(
    fc.array(
      fc.record({
        // Some come nearly every day, others hardly ever, and some for a while only.
        customer: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 40 })),
        cafe: fc.integer({ min: 1, max: 3 }),
        day: fc.integer({ min: 0, max: days }),
        pence: fc.integer({ min: -200, max: 900 }),
      }),
      { minLength: 1800, maxLength: 1800 },
    ),
    { numRuns: 1, seed: 13 },
  );
  const came = paid
    .map((visit) => ({ ...visit, day: visit.customer < 20 ? visit.day : inSpells(visit.day, visit.customer) }))
    // Every third customer goes to one café only.
    .map((visit) => (visit.customer % 3 === 0 ? { ...visit, cafe: 1 + (visit.customer % 4 === 0 ? 1 : 0) } : visit))
    .filter(({ day }) => day <= days);
  for (const cafe of [1, 2, 3]) {
    for (let day = 0; day <= days; day += 1) {
      const receipts = came.filter((visit) => visit.cafe === cafe && visit.day === day);
      if (receipts.length > 0 || day === 0 || day === days) {
        const lines = receipts.map(({ customer, pence }) => latte("09:00", pence, customer));
        chain.deliver(cafe, addDays(first, day), lines);
      }
    }
  }
  await chain.load();
  const small = chain;
  const asked = [
    { cafes: [1, 2, 3] },
    { cafes: [2] },
    { cafes: [1, 3] },
    // Who may see a region only needs to know each of its cafés too.
    { cafes: [1, 2], caller: [1, 2], groups: [[1], [2]] },
    { cafes: [2], caller: [2, 3] },
  ];
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 13 * 7, max: days }),
      fc.constantFrom(...asked),
      async (day, { cafes, caller, groups = [] }) => {
        const asking = await small.ask({ to: addDays(first, day), cafeIds: cafes }, caller);
        const question = await inBreakdownWeeks(asking);
        const before = await breakdownBefore(question);
        const rows = await readActivity(question, { withNames: false, before });
        const expected = [cafes, ...groups].flatMap((cafesOfGroup, index) => {
          const there = came.filter(({ cafe }) => cafesOfGroup.includes(cafe));
          const groupId = index === 0 ? 0 : (cafesOfGroup[0] ?? 0);
          return [
            ...describedByReceipts(there, question.period, 1),
            ...(before ? describedByReceipts(there, before.period, 0) : []),
          ].map((row) => JSON.stringify({ groupId, ...row }));
        });
        const told = rows.map(({ groupId, isCard: _, ...row }) => JSON.stringify({ groupId, ...row }));
        expect(told.sort()).toEqual(expected.sort());
        for (const { segment, absence } of rows) seen.add(absence ?? segment);
      },
    ),
    { numRuns: 80 },
  );
  expect([...seen].sort()).toEqual(
    ["21-27", "28-41", "42+", "frequent", "new", "occasional", "one_visit", "regulars", "slipping_away"].sort(),
  );
}, 60_000);

const twoCafes = [
  { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
  { id: 2, name: "York", region: "Yorkshire and The Humber" },
];

/** The day moved into one of every eight spells of 40 days: somebody who comes for a while, and then not for long. */
function inSpells(day: number, customer: number): number {
  return 40 * (8 * Math.floor(day / 320) + (customer % 8)) + (day % 40);
}

interface Paid {
  customer: number;
  day: number;
  pence: number;
}

/** The rows that receipts would give, worked out one customer at a time. */
function describedByReceipts(paid: readonly Paid[], { from, to }: { from: string; to: string }, isNow: 0 | 1) {
  const numbered = (date: string) => daysBetween(first, date);
  const [start, end] = [numbered(from), numbered(to)];
  const rows = new Map<string, ReturnType<typeof emptyRow>>();
  const rowOf = (row: ReturnType<typeof emptyRow>) => {
    const key = JSON.stringify(row);
    const known = rows.get(key) ?? row;
    rows.set(key, known);
    return known;
  };
  for (const customer of new Set(paid.map((visit) => visit.customer))) {
    const ever = paid.filter((visit) => visit.customer === customer);
    const within = ever.filter(({ day }) => day >= start && day <= end);
    if (within.length === 0) continue;
    const firstDay = Math.min(...ever.map(({ day }) => day));
    const lastDay = Math.max(...within.map(({ day }) => day));
    const visits = new Set(within.map(({ day }) => day)).size;
    const totalPence = within.reduce((sum, { pence }) => sum + pence, 0);
    const [absent, coming] = [end - lastDay, lastDay - Math.max(firstDay, start) + 1];
    const segment = segmentOf({ isNew: end - firstDay < 28 && end - 27 >= 28, visits, absent, coming });
    const absence = segment !== "gone_quiet" ? null : absent < 28 ? "21-27" : absent < 42 ? "28-41" : "42+";
    const band = visits < 3 ? String(visits) : visits <= 5 ? "3-5" : visits <= 12 ? "6-12" : "13+";
    const counted = rowOf(emptyRow(isNow, segment, band, absence));
    counted.customers += 1;
    counted.visits += visits;
    if (isNow === 0) continue;
    counted.totalPence += totalPence;
    if (absence) counted.worthPence += Math.floor((totalPence * 365) / (12 * Math.max(coming, 28)) + 0.5);
  }
  return [...rows.values()];
}

function emptyRow(isNow: 0 | 1, segment: string, band: string, absence: string | null) {
  return { isNow, segment, band, absence, customers: 0, visits: 0, totalPence: 0, worthPence: 0 };
}

function segmentOf(of: { isNew: boolean; visits: number; absent: number; coming: number }): string {
  if (of.isNew) return "new";
  if (of.visits >= 4 && of.absent >= 21 && of.visits * 7 >= of.coming) return "gone_quiet";
  if (of.visits >= 3 && of.absent >= 42) return "slipping_away";
  if (of.visits >= 12) return "regulars";
  if (of.visits >= 6) return "frequent";
  return of.visits >= 2 ? "occasional" : "one_visit";
}
