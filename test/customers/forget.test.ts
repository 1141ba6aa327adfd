import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RefusedError } from "#core/errors.ts";
import { identifyPerson } from "#pipeline/transform/identify-person.ts";
import { Death } from "../mortal.ts";
import { latte, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";
import { forgetPerson, idsInBatches, idsInWarehouse, idsOf, knownKeys, mortalCustomers, visits } from "./people.ts";

const [card, other] = ["4000000000000002", "5555555555554444"];
const spaced = "4000 0000-0000 0002";

const cash = (cafe: string, at: string, customer: string) => ({
  ...latte(cafe, at),
  customer,
  payment: "CASH" as const,
});

/** The card at two cafés, once in a file that does not count; another card; a name at two cafés. */
const files: Record<string, string> = {
  "leeds.csv": shapes.list([
    latte("Leeds", "2026-03-02 09:00", card),
    latte("Leeds", "2026-03-02 10:00", other),
    cash("Leeds", "2026-03-02 11:00", "Ann  Example"),
  ]),
  "longridge.csv": shapes.list([
    latte("Longridge", "2026-03-03 09:00", card),
    cash("Longridge", "2026-03-03 11:00", "Ann Example"),
  ]),
};
const again = { "longridge again.csv": `${files["longridge.csv"]}` };

let tracker: Tracker;

beforeEach(async () => {
  tracker = await openTracker({ keys: knownKeys() });
  for (const delivery of [files, again]) {
    for (const [key, content] of Object.entries(delivery)) await tracker.deliver(key, content);
    await tracker.run();
  }
});

afterEach(() => tracker.close());

const receipts = () =>
  tracker.query("select occurred_at, total_pence, payment_method from transactions order by occurred_at");
const isKnown = async (id: bigint) => ({
  inWarehouse: (await idsInWarehouse(tracker)).includes(id),
  inBatches: (await idsInBatches(tracker)).some((entry) => entry.id === id),
});

test("a card is forgotten however it is written: its id is gone from warehouse and batches, its receipts stay", async () => {
  const [id = 0n] = await idsOf(tracker.context, { card });
  const before = await receipts();
  expect(await isKnown(id)).toEqual({ inWarehouse: true, inBatches: true });
  expect(await forgetPerson(tracker.context, { card: spaced })).toBe(3);
  expect(await isKnown(id)).toEqual({ inWarehouse: false, inBatches: false });
  expect(await receipts()).toEqual(before);
  expect(await tracker.query("select count(*) as n from transactions where customer_id is null")).toEqual([{ n: 2 }]);
  expect(await tracker.query("select sum(identified_receipts) as n from daily_sales")).toEqual([{ n: 1 }]);
  expect(await tracker.query("select count(*) as n from customer_years where is_card")).toEqual([{ n: 1 }]);
  expect(await tracker.audit()).toEqual([]);
});

test("a name is forgotten at its café, and at no other", async () => {
  const person = (cafe: string) => ({ name: "ann example ", cafes: [cafe] });
  const [there = 0n] = await idsOf(tracker.context, person("Longridge"));
  expect(await forgetPerson(tracker.context, person("LEEDS"))).toBe(1);
  expect(await isKnown(there)).toEqual({ inWarehouse: true, inBatches: true });
  expect((await visits(tracker)).filter((line) => line.includes("name"))).toHaveLength(1);
  expect(await tracker.audit()).toEqual([]);
});

test("somebody who was never here is on the list all the same, before their first receipt comes", async () => {
  const before = await tracker.digest();
  expect(await forgetPerson(tracker.context, { card: "4111111111111111" })).toBe(0);
  expect(await tracker.digest()).toEqual(before);
  await tracker.deliver("new.csv", shapes.list([latte("Leeds", "2026-03-04 09:00", "4111111111111111")]));
  await tracker.run();
  expect(await tracker.query("select customer_id from transactions where business_date = '2026-03-04'")).toEqual([
    { customer_id: null },
  ]);
});

test("new files, corrected files and replays do not bring the customer back", async () => {
  const [id = 0n] = await idsOf(tracker.context, { card });
  await forgetPerson(tracker.context, { card });
  await tracker.deliver("new.csv", shapes.list([latte("Leeds", "2026-03-04 09:00", card)]));
  await tracker.deliver("leeds.csv", shapes.list([latte("Leeds", "2026-03-02 09:00", card)]));
  await tracker.run();
  await tracker.run({ transformVersion: async () => "another" }, { replay: { outdated: true } });
  expect(await isKnown(id)).toEqual({ inWarehouse: false, inBatches: false });
  expect(await tracker.query("select count(*) as n from transactions where business_date = '2026-03-04'")).toEqual([
    { n: 1 },
  ]);
  expect(await tracker.audit()).toEqual([]);
});

test("the clean data of a backup from before do not bring the customer back, nor does a batch that was already queued", async () => {
  const [id = 0n] = await idsOf(tracker.context, { card });
  const backup = join(tracker.folder, "backup");
  await tracker.deliver("new.csv", shapes.list([latte("Leeds", "2026-03-04 09:00", card)]));
  // The run dies with the batch transformed and not loaded.
  const warehouse = new Proxy(tracker.warehouse, {
    get: (target, name) =>
      name === "transact"
        ? async (statements: never, staged?: unknown[]) => {
            if (staged?.length) throw new Death("This process is dead.");
            await target.transact(statements);
          }
        : Reflect.get(target, name).bind(target),
  });
  await expect(tracker.run({ warehouse })).rejects.toBeInstanceOf(Death);
  await tracker.recover();
  await cp(join(tracker.folder, "clean", "batches"), backup, { recursive: true });
  await forgetPerson(tracker.context, { card });
  await rm(join(tracker.folder, "clean", "batches"), { recursive: true });
  await cp(backup, join(tracker.folder, "clean", "batches"), { recursive: true });
  await tracker.run();
  expect(await tracker.query("select customer_id from transactions where business_date = '2026-03-04'")).toEqual([
    { customer_id: null },
  ]);
  expect(await idsInWarehouse(tracker)).not.toContain(id);
});

test("a warehouse from before is put right by the next run", async () => {
  const [id = 0n] = await idsOf(tracker.context, { card });
  await forgetPerson(tracker.context, { card });
  await tracker.warehouse.transact([
    {
      sql: "insert into customers (customer_id, customer_hash, identity_basis) values (9999, $id, 'card')",
      params: { id },
    },
    { sql: "update transactions set customer_id = 9999 where customer_id is null" },
  ]);
  expect(await idsInWarehouse(tracker)).toContain(id);
  await tracker.run();
  expect(await idsInWarehouse(tracker)).not.toContain(id);
  expect(await tracker.query("select count(*) as n from transactions where customer_id is null")).toEqual([{ n: 2 }]);
  expect(await tracker.audit()).toEqual([]);
});

test("killed after any step, the next run finishes the forgetting", async () => {
  const undisturbed = await openTracker({ keys: knownKeys() });
  for (const delivery of [files, again]) {
    for (const [key, content] of Object.entries(delivery)) await undisturbed.deliver(key, content);
    await undisturbed.run();
  }
  for (const person of [{ card }, { card: other }]) await forgetPerson(undisturbed.context, person);
  const expected = await undisturbed.digest();
  await undisturbed.close();
  let steps = 0;
  for (const [person, from] of [
    [{ card }, 1],
    [{ card: other }, 1],
  ] as const) {
    for (let diesAfter = from; ; diesAfter += 1) {
      const mortal = mortalCustomers(tracker.context, diesAfter);
      const outcome = await forgetPerson(mortal.context, person).catch((error: unknown) => error);
      if (!(outcome instanceof Death)) break;
      steps += 1;
      await tracker.run();
      expect(await isKnown((await idsOf(tracker.context, person))[0] ?? 0n)).toEqual({
        inWarehouse: false,
        inBatches: false,
      });
      expect(await tracker.audit()).toEqual([]);
    }
  }
  expect(steps).toBeGreaterThan(4);
  expect(await tracker.digest()).toEqual(expected);
}, 120_000);

test.each([{ card: "None" }, { card: "1234567" }, { name: "  ", cafes: ["Leeds"] }])(
  "%j is nobody: refused without repeating it",
  async (person) => {
    const refusal = identifyPerson(person, await tracker.context.keys.chain("customers"));
    await expect(refusal).rejects.toBeInstanceOf(RefusedError);
    await expect(refusal).rejects.not.toThrow(/1234567|None/);
  },
);
