import { rm } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { SettingError } from "#core/errors.ts";
import { fingerprintsOf } from "#core/ports/keys.ts";
import { agreeOnKeys } from "#pipeline/agree-on-keys.ts";
import { rotateKeys } from "#pipeline/rotate-keys.ts";
import { Death } from "../mortal.ts";
import { latte, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";
import { forgetPerson, idsInBatches, idsInWarehouse, idsOf, knownKeys, mortalCustomers, visits } from "./people.ts";

const [card, other, forgotten] = ["4000000000000002", "5555555555554444", "4111111111111111"];

let tracker: Tracker;

afterEach(() => tracker.close());

const day = (date: string, cards: readonly string[], cafe = "Leeds") =>
  shapes.list(cards.map((digits, hour) => latte(cafe, `${date} ${String(hour + 8).padStart(2, "0")}:00`, digits)));

async function fill(options: Parameters<typeof openTracker>[0] = {}): Promise<Tracker> {
  const filled = await openTracker(options);
  await filled.deliver("monday.csv", day("2026-03-02", [card, other, forgotten, card]));
  await filled.run();
  await filled.deliver("tuesday.csv", day("2026-03-03", [other, card]));
  await filled.run();
  await forgetPerson(filled.context, { card: forgotten });
  return filled;
}

/** Every id in warehouse, batches and suppression list is under the keys at hand, and none is one of these. */
async function expectOnlyNew(old: readonly bigint[]): Promise<void> {
  const keys = fingerprintsOf(await tracker.context.keys.chain("customers")).at(-1);
  const inBatches = await idsInBatches(tracker);
  expect(new Set(inBatches.map((entry) => entry.keys))).toEqual(new Set([keys]));
  const suppressed = await tracker.context.suppressed.all();
  expect(new Set(suppressed.map(({ keyFingerprint }) => keyFingerprint))).toEqual(new Set([keys]));
  const ids = [
    ...inBatches.map(({ id }) => id),
    ...(await idsInWarehouse(tracker)),
    ...suppressed.map(({ customerHash }) => customerHash),
  ];
  expect(ids.filter((id) => old.includes(id))).toEqual([]);
}

test("every customer has a new id everywhere, and their history", async () => {
  tracker = await fill();
  const [before, old] = [await visits(tracker), await idsInWarehouse(tracker)];
  expect(await rotateKeys(tracker.context)).toEqual({ generation: 2, customers: 2, finishedEarlier: false });
  await expectOnlyNew(old);
  expect(await visits(tracker)).toEqual(before);
  expect(await tracker.audit()).toEqual([]);
});

test("after two rotations a card that comes back is the same customer, and the forgotten stay forgotten", async () => {
  tracker = await fill();
  await rotateKeys(tracker.context);
  expect(await rotateKeys(tracker.context)).toMatchObject({ generation: 3 });
  await tracker.deliver("wednesday.csv", day("2026-03-04", [card, forgotten]));
  expect(await tracker.run()).toMatchObject({ status: "completed" });
  expect(await visits(tracker)).toEqual(["2 1 card 2026-03-02 2026-03-03", "4 1 card 2026-03-02 2026-03-04"]);
  const [id = 0n] = await idsOf(tracker.context, { card });
  expect(await idsInWarehouse(tracker)).toContain(id);
  expect(await tracker.query("select count(*) as n from transactions where customer_id is null")).toEqual([{ n: 2 }]);
  await forgetPerson(tracker.context, { card });
  expect(await visits(tracker)).toHaveLength(1);
  expect(await tracker.audit()).toEqual([]);
});

test("whoever buys what and wherever, the visits of every customer are the same before and after", async () => {
  const purchases = fc.array(
    fc.record({
      cafe: fc.constantFrom("Leeds", "Longridge"),
      card: fc.integer({ min: 0, max: 6 }).map((n) => `400000000000000${n}`),
      cash: fc.boolean(),
      name: fc.constantFrom("Ann", "Bob Ng", "Zoë"),
    }),
    { minLength: 1, maxLength: 30 },
  );
  tracker = await openTracker();
  let deliveries = 0;
  await fc.assert(
    fc.asyncProperty(purchases, async (bought) => {
      deliveries += 1;
      const receipts = bought.map(({ cafe, card: digits, cash, name }, index) => ({
        ...latte(cafe, `2026-02-0${deliveries} ${String(8 + (index % 12)).padStart(2, "0")}:00`, digits),
        ...(cash ? { customer: name, payment: "CASH" as const } : {}),
      }));
      await tracker.deliver(`day ${deliveries}.csv`, shapes.list(receipts));
      await tracker.run();
      const [before, old] = [await visits(tracker), await idsInWarehouse(tracker)];
      await rotateKeys(tracker.context);
      expect(await visits(tracker)).toEqual(before);
      expect((await idsInWarehouse(tracker)).filter((id) => old.includes(id))).toEqual([]);
      expect(await tracker.audit()).toEqual([]);
    }),
    { numRuns: 4, endOnFailure: true },
  );
});

test("killed after any step and run again, by itself or by the next run, it ends as if nothing had happened", async () => {
  tracker = await fill({ keys: knownKeys() });
  await rotateKeys(tracker.context);
  const expected = await tracker.digest();
  await tracker.close();
  const ways: ((filled: Tracker) => Promise<unknown>)[] = [
    (filled) => rotateKeys(filled.context),
    (filled) => filled.run(),
  ];
  // Before the first step there is nothing to finish, so the first death is after the new key was made.
  let steps = 0;
  for (let diesAfter = 1; ; diesAfter += 1) {
    tracker = await fill({ keys: knownKeys() });
    const old = await idsInWarehouse(tracker);
    const mortal = mortalCustomers(tracker.context, diesAfter);
    const outcome = await rotateKeys(mortal.context).catch((error: unknown) => error);
    if (!(outcome instanceof Death)) break;
    steps += 1;
    const [again, byRun] = ways;
    const done = await (diesAfter % 2 === 0 ? byRun : again)?.(tracker);
    const isLast = (done as { generation?: number }).generation === 3;
    if (!isLast) {
      expect(await tracker.digest(), `after dying at step ${diesAfter}`).toEqual(expected);
      await expectOnlyNew(old);
    }
    expect(await tracker.audit()).toEqual([]);
    await tracker.close();
  }
  expect(steps).toBeGreaterThanOrEqual(5);
}, 120_000);

test("a lost or exchanged key is refused before anything is loaded; put back, all is well", async () => {
  tracker = await fill();
  await rotateKeys(tracker.context);
  const before = await tracker.digest();
  await tracker.deliver("wednesday.csv", day("2026-03-04", [card]));
  const { keys } = tracker.context;
  const chain = [...(await keys.chain("customers"))];
  const withKeys = (kept: Buffer[]) => ({ keys: { ...keys, chain: async () => kept } });
  for (const kept of [[], chain.slice(0, 1), chain.slice(1), [chain[0] as Buffer, Buffer.alloc(32, 7)]]) {
    await expect(tracker.run(withKeys(kept))).rejects.toThrow(/numbered with other keys/);
    await expect(rotateKeys({ ...tracker.context, ...withKeys(kept) })).rejects.toBeInstanceOf(SettingError);
    expect(await tracker.digest()).toEqual(before);
  }
  expect(await tracker.run()).toMatchObject({ status: "completed", files: { loaded: 1 } });
});

test("a batch made with other keys is not loaded, whatever else says yes", async () => {
  tracker = await fill();
  const before = await tracker.digest();
  await tracker.deliver("wednesday.csv", day("2026-03-04", [card]));
  const transformContext = { ...tracker.transformContext, keys: knownKeys() };
  const { transformBatch } = await import("#pipeline/transform/transform-batch.ts");
  const transform = (message: Parameters<typeof transformBatch>[0]) => transformBatch(message, transformContext);
  await expect(tracker.run({ transform })).rejects.toThrow();
  expect(await tracker.digest()).toEqual(before);
});

test("a new home makes the first key, and a warehouse lost altogether takes up the keys and brings old batches forward", async () => {
  tracker = await fill();
  await rotateKeys(tracker.context);
  await tracker.warehouse.transact([{ sql: "delete from key_generations" }, { sql: "delete from customers" }]);
  expect(await agreeOnKeys(tracker.context)).toMatchObject({ generation: 2, caughtUp: false });
  await expectOnlyNew([]);
  await rm(join(tracker.folder, "keys"), { recursive: true });
  await expect(agreeOnKeys(tracker.context)).rejects.toBeInstanceOf(SettingError);
});
