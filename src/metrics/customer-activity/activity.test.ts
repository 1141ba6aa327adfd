import { afterEach, expect, test } from "vitest";
import { customerSegments } from "../customer-segments/customer-segments.ts";
import { customerSegmentsAnswer } from "../customer-segments/schema.ts";
import { lapsing } from "../lapsing/lapsing.ts";
import { lapsingAnswer } from "../lapsing/schema.ts";
import { addDays } from "../period.ts";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { visitFrequencyAnswer } from "../visit-frequency/schema.ts";
import { visitFrequency } from "../visit-frequency/visit-frequency.ts";

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
