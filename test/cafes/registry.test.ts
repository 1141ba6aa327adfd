import { rename } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SettingError } from "#core/errors.ts";
import { readVersion } from "#metrics/directory.ts";
import { type FixtureReceipt, latte, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";

let tracker: Tracker;

beforeEach(async () => {
  tracker = await openTracker();
});

afterEach(async () => {
  expect(await tracker.audit()).toEqual([]);
  await tracker.close();
});

const at = (cafe: string, ...hours: number[]): FixtureReceipt[] =>
  hours.map((hour) => latte(cafe, `2026-03-02 ${String(hour).padStart(2, "0")}:00`));

async function deliverAndRun(key: string, receipts: readonly FixtureReceipt[]) {
  await tracker.deliver(key, shapes.list(receipts));
  return tracker.run();
}

const cafes = () => tracker.query("select name, region, opened_on, closed_on, placed from locations order by name");
const receipts = () =>
  tracker.query(`select name, business_date, receipts, total_pence from daily_sales join locations using (location_id)
    order by name, business_date`);

test("a café that is merged into another takes all it has along, and its later files follow", async () => {
  await deliverAndRun("a.csv", at("Leeds", 9));
  await deliverAndRun("b.csv", at("Leds", 10, 11));
  await tracker.writeBook({ cafes: { Leeds: { aliases: ["Leds"] } } });
  expect(await tracker.applyBook()).toBe(true);
  expect(await receipts()).toEqual([{ name: "Leeds", business_date: "2026-03-02", receipts: 3, total_pence: 645 }]);
  await deliverAndRun("c.csv", at("Leds", 12));
  expect(await receipts()).toMatchObject([{ name: "Leeds", receipts: 4 }]);
  expect(
    await tracker.query(
      "select home_location_id is not null as home, receipts from customers join customer_years using (customer_id)",
    ),
  ).toEqual([{ home: true, receipts: 4 }]);
  expect(await tracker.applyBook()).toBe(false);
});

test("two deliveries of a day that come together by a merge are settled like any others", async () => {
  await deliverAndRun("a.csv", at("Leds", 9, 10));
  await deliverAndRun("b.csv", at("Leeds", 9, 10, 11));
  expect(await tracker.standing()).toEqual(["a.csv: loaded, 2, 430", "b.csv: loaded, 3, 645"]);
  await tracker.writeBook({ cafes: { Leeds: { aliases: ["Leds"] } } });
  await tracker.applyBook();
  expect(await tracker.standing()).toEqual(["a.csv: superseded, 0, 0, by b.csv", "b.csv: loaded, 3, 645"]);
});

test("a file that has a café under two names has its day once", async () => {
  await deliverAndRun("a.csv", [...at("Leds", 9), ...at("Leeds", 10)]);
  await tracker.writeBook({ cafes: { Leeds: { aliases: ["Leds"] } } });
  await tracker.applyBook();
  expect(await tracker.query("select receipts, total_pence, counted from deliveries")).toEqual([
    { receipts: 2, total_pence: 430, counted: true },
  ]);
});

test("a name, a place and dates are set at once, and taken back with their entry", async () => {
  await deliverAndRun("a.csv", at("Newport", 9));
  const before = await tracker.digest();
  expect(await cafes()).toMatchObject([{ name: "Newport", region: "Unplaced", placed: false }]);
  await tracker.writeBook({
    cafes: {
      Newport: {
        name: "Newport Docks",
        place: { region: "Wales", latitude: 51.59, longitude: -3 },
        openedOn: "2026-01-05",
        closedOn: "2026-09-01",
        closures: [{ from: "2026-04-03", to: "2026-04-05", reason: "Easter" }],
        owners: [{ owner: "Ann Example Ltd", from: "2026-01-05", to: "2026-02-28" }],
      },
    },
  });
  await tracker.applyBook();
  expect(await cafes()).toEqual([
    { name: "Newport Docks", region: "Wales", opened_on: "2026-01-05", closed_on: "2026-09-01", placed: true },
  ]);
  expect(await tracker.query("select date, reason from closures order by date")).toMatchObject([
    { date: "2026-04-03", reason: "Easter" },
    { date: "2026-04-04" },
    { date: "2026-04-05" },
  ]);
  expect(await tracker.query("select owner, owned_from, owned_until from ownerships")).toEqual([
    { owner: "Ann Example Ltd", owned_from: "2026-01-05", owned_until: "2026-02-28" },
  ]);
  await tracker.writeBook({});
  await tracker.applyBook();
  expect(await tracker.digest()).toEqual(before);
});

test("a café that is renamed makes every answer that was kept an old one", async () => {
  await deliverAndRun("a.csv", at("Leeds", 9));
  const { version } = await readVersion(tracker.warehouse);
  await tracker.writeBook({ cafes: { Leeds: { name: "Leeds Headrow" } } });
  await tracker.applyBook();
  expect((await readVersion(tracker.warehouse)).version).not.toBe(version);
});

test("a till that takes up the name people gave its café is that café", async () => {
  await deliverAndRun("a.csv", at("Leeds 2", 9));
  await tracker.writeBook({ cafes: { "Leeds 2": { name: "Leeds Headrow" } } });
  await deliverAndRun("b.csv", at("Leeds Headrow", 10));
  expect(await receipts()).toMatchObject([{ name: "Leeds Headrow", receipts: 2 }]);
});

test("a closure of every café holds for one that comes later, and a café's own says more", async () => {
  await tracker.writeBook({
    closures: [{ from: "2026-12-25", reason: "Christmas Day" }],
    cafes: { York: { closures: [{ from: "2026-12-24", to: "2026-12-26", reason: "Refit" }] } },
  });
  await deliverAndRun("a.csv", [...at("Leeds", 9), ...at("York", 9)]);
  expect(
    await tracker.query(
      "select name, date, reason from closures join locations using (location_id) order by name, date",
    ),
  ).toEqual([
    { name: "Leeds", date: "2026-12-25", reason: "Christmas Day" },
    { name: "York", date: "2026-12-24", reason: "Refit" },
    { name: "York", date: "2026-12-25", reason: "Refit" },
    { name: "York", date: "2026-12-26", reason: "Refit" },
  ]);
});

test("a name that is parted again stays where it is until a rebuild, and so do its later files", async () => {
  await tracker.writeBook({ cafes: { Leeds: { aliases: ["Leds"] } } });
  await deliverAndRun("a.csv", [...at("Leds", 9), ...at("Leeds", 10)]);
  await tracker.writeBook({ cafes: { Leds: { closedOn: "2026-09-01" } } });
  await deliverAndRun("b.csv", at("Leds", 12));
  expect(await receipts()).toMatchObject([{ name: "Leeds", receipts: 3 }]);
});

test("an empty file delivers for its café under any name", async () => {
  await tracker.writeBook({ cafes: { Leeds: { aliases: ["Leds"] } } });
  await deliverAndRun("a.csv", at("Leeds", 9));
  await deliverAndRun("2026-03-03-leds.csv", []);
  expect(await tracker.query("select business_date, receipts from deliveries order by business_date")).toEqual([
    { business_date: "2026-03-02", receipts: 1 },
    { business_date: "2026-03-03", receipts: 0 },
  ]);
});

test("a run tells once what the registry was made to say by hand: cafés that become one, and ones that there are not", async () => {
  await deliverAndRun("a.csv", [...at("Bath", 9), ...at("Cambridge", 9)]);
  await tracker.writeBook({ cafes: { Bath: { name: "Cambridge" }, Atlantis: { closedOn: "2026-09-01" } } });
  const told: string[] = [];
  const onProblem = ({ message, next }: { message: string; next: string }) => told.push(`${message} ${next}`);
  await tracker.run({}, { onProblem });
  expect(told).toEqual([
    expect.stringMatching(/says that Cambridge is Bath: .* `infinity cafes unmerge "Cambridge"`/),
    expect.stringMatching(/^No café that ever delivered is called "Atlantis", .* `infinity cafes list`/),
  ]);
  expect(await receipts()).toMatchObject([{ name: "Cambridge", receipts: 2 }]);
  await tracker.run({}, { onProblem });
  expect(told).toHaveLength(2);
});

test("a run tells once that the registry is gone; put back, all that it said holds again", async () => {
  await tracker.writeBook({ cafes: { Bath: { name: "Bath Spa" } } });
  await deliverAndRun("a.csv", at("Bath", 9));
  const told: string[] = [];
  const onProblem = ({ message, next }: { message: string; next: string }) => told.push(`${message} ${next}`);
  const path = join(tracker.folder, "cafes.yaml");
  await rename(path, `${path}.lost`);
  await tracker.run({}, { onProblem });
  await tracker.run({}, { onProblem });
  expect(told).toEqual([expect.stringMatching(/^The registry of cafés is gone or empty: .* put cafes\.yaml back/)]);
  expect(await receipts()).toMatchObject([{ name: "Bath" }]);
  await rename(`${path}.lost`, path);
  await tracker.run({}, { onProblem });
  expect(told).toHaveLength(1);
  expect(await receipts()).toMatchObject([{ name: "Bath Spa" }]);
});

test("a region that there is not stops the run, naming the café", async () => {
  await tracker.writeBook({ cafes: { Leeds: { place: { region: "Yorks" } } } });
  const refusal = await deliverAndRun("a.csv", at("Leeds", 9)).catch((error) => error);
  expect(refusal).toBeInstanceOf(SettingError);
  expect(refusal.message).toContain('puts Leeds in "Yorks"');
});
