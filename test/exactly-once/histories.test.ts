import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LoadMessage, TransformMessage } from "#core/messages.ts";
import type { Queue } from "#core/ports/queue.ts";
import { fixedKeys } from "../fixed-keys.ts";
import { Death, mortal } from "../mortal.ts";
import { type FixtureReceipt, row, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";
import { expectedTakings, type StandingFile } from "./one-day-oracle.ts";

// Random histories of deliveries, corrections, copies, crashes and messages delivered again must all end in the warehouse
// that a single load of the final files makes. A few are tried each time; for more:
//   INFINITY_HISTORIES=500 npx vitest run test/exactly-once/histories.test.ts
const histories = Number(process.env.INFINITY_HISTORIES ?? 10);

const keys = fixedKeys(3);
const hashOf = (content: string) => createHmac("sha256", Buffer.alloc(32, 3)).update(content).digest("hex");

/** What a file may hold; small worlds, so that files of one day meet often. Undefined receipts: the file is refused. */
interface Content {
  text: string;
  receipts: readonly FixtureReceipt[] | undefined;
}

const receipt: fc.Arbitrary<FixtureReceipt> = fc.record({
  at: fc
    .tuple(fc.constantFrom("2026-03-02", "2026-03-03"), fc.constantFrom("08:00", "08:01", "12:30", "17:59"))
    .map((parts) => parts.join(" ")),
  cafe: fc.constantFrom("Leeds", "Leeds", "Longridge"),
  customer: fc.constantFrom("Jo Example", "Sam Sample"),
  lines: fc.constantFrom(
    [{ size: "Regular" as const, name: "Latte", pence: 215 }],
    [
      { size: "Large" as const, name: "Mocha", pence: 270 },
      { name: "Frappes", flavour: "Coffee", pence: 275 },
    ],
  ),
  payment: fc.constantFrom("CARD", "CARD", "CASH"),
  card: fc.constantFrom("4000000000000002", "5555555555554444", "4111111111111111"),
});

const badRow = row(["03/03/2026 09:00", "Leeds", "Jo Example", "Latte - 2.15", "2.155", "CASH", ""]);
const content: fc.Arbitrary<Content> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .array(receipt, { minLength: 1, maxLength: 6 })
      .map((receipts) => ({ text: shapes.list(receipts), receipts })),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(receipt, { maxLength: 3 })
      .map((receipts) => ({ text: shapes.list(receipts) + badRow, receipts })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ text: "", receipts: [] }, { text: shapes.listWithHeader([]), receipts: [] }),
  },
  { weight: 1, arbitrary: fc.constantFrom("a,b,c\n", "x;y\n").map((text) => ({ text, receipts: undefined })) },
);

const fileKeys = ["a.csv", "b.csv", "2026/03/02/leeds.csv", "Longridge_03-03-2026_18-00-00.csv"] as const;
const fileKey = fc.constantFrom(...fileKeys);

type Step =
  | { do: "deliver"; key: string; content: Content }
  | { do: "touch" | "revert"; key: string }
  | { do: "copy"; key: string; to: string }
  | { do: "run" }
  | { do: "die"; after: number }
  | { do: "redeliver"; seed: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("deliver" as const), key: fileKey, content }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("touch" as const, "revert" as const), key: fileKey }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("copy" as const), key: fileKey, to: fileKey }) },
  { weight: 4, arbitrary: fc.constant({ do: "run" as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("die" as const), after: fc.nat({ max: 18 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("redeliver" as const), seed: fc.nat() }) },
);

/** A tracker with what was delivered to it so far, and every message its queues ever had. */
class History {
  readonly tracker: Tracker;
  readonly delivered = new Map<string, Content[]>();
  readonly contents = new Map<string, Content>();
  readonly #transformMessages: TransformMessage[] = [];
  readonly #loadMessages: LoadMessage[] = [];

  constructor(tracker: Tracker) {
    this.tracker = tracker;
    Object.assign(tracker.context, {
      transformQueue: recording(tracker.transformQueue, this.#transformMessages),
      loadQueue: recording(tracker.loadQueue, this.#loadMessages),
    });
  }

  async deliver(key: string, content: Content): Promise<void> {
    await this.tracker.deliver(key, content.text);
    this.delivered.set(key, [...(this.delivered.get(key) ?? []), content]);
    this.contents.set(hashOf(content.text), content);
  }

  async take(step: Step): Promise<void> {
    const latest = (key: string) => this.delivered.get(key)?.at(-1);
    switch (step.do) {
      case "deliver":
        return this.deliver(step.key, step.content);
      case "touch":
        return latest(step.key) && this.tracker.touch(step.key);
      case "revert": {
        const before = this.delivered.get(step.key)?.at(-2);
        return before && this.deliver(step.key, before);
      }
      case "copy": {
        const original = latest(step.key);
        return original && this.deliver(step.to, original);
      }
      case "run":
        await this.tracker.run();
        return;
      case "die": {
        const { context, transformContext } = this.tracker;
        await this.tracker.run(mortal(context, transformContext, step.after).changes).catch((error: unknown) => {
          if (!(error instanceof Death)) throw error;
        });
        return this.tracker.recover();
      }
      case "redeliver": {
        // Everything there ever was, twice, in no order.
        const { transformQueue, loadQueue } = this.tracker;
        await transformQueue.send(shuffled([...this.#transformMessages, ...this.#transformMessages], step.seed));
        await loadQueue.send(shuffled([...this.#loadMessages, ...this.#loadMessages], step.seed));
      }
    }
  }
}

function recording<Body>(queue: Queue<Body>, sent: Body[]): Queue<Body> {
  return {
    ...queue,
    async send(bodies) {
      sent.push(...bodies);
      await queue.send(bodies);
    },
  };
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  return items
    .map((item, index) => ({ item, place: createHmac("sha256", String(seed)).update(String(index)).digest("hex") }))
    .sort((one, other) => (one.place < other.place ? -1 : 1))
    .map(({ item }) => item);
}

/** The files that are current, in the order of their discovery, and those whose newest version was refused. */
async function standing({ tracker, contents }: History) {
  const files = await tracker.query<{ key: string; content_hash: string; is_current: boolean }>(
    `select key, content_hash, is_current from files
     where is_current or file_id in (select max(file_id) from files group by key) order by version`,
  );
  const contentOf = (hash: string) => {
    const found = contents.get(hash);
    if (found === undefined) throw new Error("the ledger has bytes nobody delivered");
    return found;
  };
  const all = files.map(({ key, content_hash, is_current }) => ({
    key,
    current: is_current,
    content: contentOf(content_hash),
  }));
  return { current: all.filter(({ current }) => current), refused: all.filter(({ current }) => !current) };
}

/** A warehouse that is given the final files once, in the order in which the other discovered them. */
async function freshFrom({ current, refused }: Awaited<ReturnType<typeof standing>>): Promise<Tracker> {
  const fresh = await openTracker({ keys });
  for (const { key, content } of current) await fresh.deliver(key, content.text);
  await fresh.run();
  if (refused.length > 0) {
    for (const { key, content } of refused) await fresh.deliver(key, content.text);
    await fresh.run();
  }
  return fresh;
}

const anchor: FixtureReceipt[] = ["Leeds", "Longridge"].map((cafe) => ({
  at: "2026-02-01 09:00",
  cafe,
  customer: "Jo Example",
  lines: [{ name: "Glass of milk", pence: 70 }],
  payment: "CARD",
  card: "4000000000000002",
}));

test(`${histories} random histories end as if the final files had been loaded once`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 12 }),
      fc.constantFrom(1, 2, 100),
      async (steps, batchFiles) => {
        const history = new History(await openTracker({ keys, batchFiles, maxReceives: 1000 }));
        const { tracker } = history;
        try {
          await history.deliver("anchor.csv", { text: shapes.list(anchor), receipts: anchor });
          for (const step of steps) await history.take(step);
          expect(await tracker.run()).toMatchObject({ status: "completed" });
          expect(await tracker.audit()).toEqual([]);

          const { current, refused } = await standing(history);
          for (const [key, contents] of history.delivered) {
            const final = contents.at(-1);
            const place = final?.receipts === undefined ? refused : current;
            expect(place.find((file) => file.key === key)?.content.text).toBe(final?.text);
          }
          const takings = await tracker.query<{ day: string }>(
            `select name || ' ' || business_date || ': ' || receipts || ', ' || total_pence as day
           from daily_sales join locations using (location_id) order by day`,
          );
          const files: StandingFile[] = current.map(({ content: { text, receipts = [] } }) => ({
            content: text,
            receipts,
          }));
          expect(takings.map(({ day }) => day)).toEqual(expectedTakings(files));

          const fresh = await freshFrom({ current, refused });
          try {
            const [digest, expected] = [await tracker.digest(), await fresh.digest()];
            for (const table of Object.keys(expected)) {
              if (digest[table] === expected[table]) continue;
              expect(await tracker.contents(table), table).toEqual(await fresh.contents(table));
            }
            expect(digest).toEqual(expected);
          } finally {
            await fresh.close();
          }
        } finally {
          await tracker.close();
        }
      },
    ),
    { numRuns: histories, endOnFailure: process.env.INFINITY_HISTORIES !== undefined },
  );
}, 3_600_000);
