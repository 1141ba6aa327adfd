import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { TerminalError } from "#core/errors.ts";
import type { Delivery, Queue } from "#core/ports/queue.ts";
import { checkAnyInterleaving } from "./interleaving.suite.ts";

/** An empty queue under test, with a clock that moves only when told to. */
interface QueueFixture {
  /** A handle on the queue, reading bodies of this shape; each call opens another. */
  open<Body>(body: z.ZodType<Body>): Promise<Queue<Body>>;
  advance(ms: number): void;
  dispose(): Promise<void>;
}

/** Makes a fixture with these two settings. */
export type MakeQueue = (settings: { visibilityMs: number; maxReceives: number }) => Promise<QueueFixture>;

/** How a queue is to be measured. */
export interface QueuePace {
  /** The suite's millisecond in real ones: 1000 for a queue that counts in seconds. */
  readonly unitMs: number;
  /** Its depth may lag behind what it would hand out, and a receipt ends with its time, not only with the next receive. */
  readonly loose: boolean;
  /** Random histories to try. */
  readonly histories: number;
}

/** The messages of the suite. */
export const testBody = z.object({ id: z.number() });
export type TestBody = z.infer<typeof testBody>;

/** What every queue promises. An adapter's test calls this with a way to make an empty queue. */
export function describeQueue(
  name: string,
  make: MakeQueue,
  pace: QueuePace = { unitMs: 1, loose: false, histories: 60 },
): void {
  const visibilityMs = 1000 * pace.unitMs;
  describe(`${name} keeps the queue contract`, () => {
    let fixture: QueueFixture;
    let queue: Queue<TestBody>;

    beforeEach(async () => {
      fixture = await make({ visibilityMs, maxReceives: 2 });
      queue = await fixture.open(testBody);
    });

    afterEach(() => fixture.dispose());

    const ids = (deliveries: Delivery<TestBody>[]) => deliveries.map(({ body }) => body.id).sort();
    const send = (...bodies: number[]) => queue.send(bodies.map((id) => ({ id })));
    const receiveOne = async () => {
      const [delivery] = await queue.receive(1);
      if (delivery === undefined) throw new Error("The queue handed nothing out.");
      return delivery;
    };

    test("an empty queue hands nothing out", async () => {
      expect(await queue.receive(10)).toEqual([]);
      expect(await queue.depth()).toEqual({ waiting: 0, inFlight: 0, dead: 0 });
    });

    test("what is sent is handed out, with its first receive counted", async () => {
      await send(1, 2, 3);
      const deliveries = await queue.receive(10);
      expect(ids(deliveries)).toEqual([1, 2, 3]);
      expect(deliveries.map(({ receiveCount }) => receiveCount)).toEqual([1, 1, 1]);
      expect(new Set(deliveries.map(({ receipt }) => receipt)).size).toBe(3);
    });

    test("no more is handed out than was asked for", async () => {
      await send(1, 2, 3);
      expect(await queue.receive(2)).toHaveLength(2);
      expect(await queue.depth()).toEqual({ waiting: 1, inFlight: 2, dead: 0 });
    });

    test("the same body sent twice is two messages", async () => {
      await send(7, 7);
      expect(ids(await queue.receive(10))).toEqual([7, 7]);
    });

    test("a message in flight is hidden until its visibility runs out, then comes with another receipt", async () => {
      await send(1);
      const first = await receiveOne();
      fixture.advance(visibilityMs - pace.unitMs);
      expect(await queue.receive(10)).toEqual([]);
      fixture.advance(pace.unitMs);
      if (!pace.loose) expect((await queue.depth()).waiting).toBe(1);
      const second = await receiveOne();
      expect(second).toMatchObject({ body: { id: 1 }, receiveCount: 2 });
      expect(second.receipt).not.toBe(first.receipt);
    });

    test("an acknowledged message never comes back", async () => {
      await send(1);
      await queue.acknowledge((await receiveOne()).receipt);
      fixture.advance(visibilityMs);
      expect(await queue.receive(10)).toEqual([]);
      expect(await queue.depth()).toEqual({ waiting: 0, inFlight: 0, dead: 0 });
    });

    test("a message given back is handed out again after the delay, and counted", async () => {
      await send(1);
      await queue.giveBack((await receiveOne()).receipt, 50.5 * pace.unitMs);
      expect(await queue.receive(10)).toEqual([]);
      fixture.advance(51 * pace.unitMs);
      expect((await receiveOne()).receiveCount).toBe(2);
    });

    test("a stale receipt has no effect on the message's next delivery", async () => {
      await send(1);
      const stale = (await receiveOne()).receipt;
      fixture.advance(visibilityMs);
      const current = await receiveOne();
      await queue.acknowledge(stale);
      await queue.giveBack(stale, 0);
      await queue.bury(stale, "not_this_one");
      expect(await queue.depth()).toEqual({ waiting: 0, inFlight: 1, dead: 0 });
      await queue.acknowledge(current.receipt);
      expect(await queue.depth()).toEqual({ waiting: 0, inFlight: 0, dead: 0 });
    });

    test("a receipt nobody was given has no effect", async () => {
      await send(1);
      for (const receipt of ["", "nonsense"]) {
        await queue.acknowledge(receipt);
        await queue.giveBack(receipt, 0);
        await queue.bury(receipt, "not_this_one");
      }
      expect(await queue.depth()).toEqual({ waiting: 1, inFlight: 0, dead: 0 });
    });

    test("a buried message is a dead letter with its reason", async () => {
      await send(1);
      await queue.bury((await receiveOne()).receipt, "file_too_large");
      expect(await queue.deadLetters()).toMatchObject([{ body: { id: 1 }, reason: "file_too_large" }]);
      fixture.advance(visibilityMs);
      expect(await queue.receive(10)).toEqual([]);
    });

    test("a message received too often is dead-lettered at the next receive, and the others flow", async () => {
      await send(1);
      for (let receive = 0; receive < 2; receive++) {
        await receiveOne();
        fixture.advance(visibilityMs);
      }
      await send(2);
      expect(ids(await queue.receive(10))).toEqual([2]);
      expect(await queue.deadLetters()).toMatchObject([{ body: { id: 1 }, reason: "too_many_receives" }]);
    });

    test("redrive puts every dead letter back as a new message, and doing it again does nothing", async () => {
      await send(1, 2);
      for (const { receipt } of await queue.receive(10)) await queue.bury(receipt, "warehouse_down");
      expect(await queue.redrive()).toBe(2);
      expect(await queue.redrive()).toBe(0);
      expect(await queue.deadLetters()).toEqual([]);
      const deliveries = await queue.receive(10);
      expect(ids(deliveries)).toEqual([1, 2]);
      expect(deliveries.map(({ receiveCount }) => receiveCount)).toEqual([1, 1]);
    });

    test("a body that no longer parses is dead-lettered, stays redrivable, and the others flow", async () => {
      const older = await fixture.open(z.string());
      await older.send(["from an older release", "another"]);
      await send(1);
      expect(ids(await queue.receive(1))).toEqual([1]);
      expect(await queue.deadLetters()).toMatchObject([
        { body: undefined, reason: "unreadable_message" },
        { body: undefined, reason: "unreadable_message" },
      ]);
      expect(await queue.redrive()).toBe(2);
      expect((await older.receive(10)).map(({ body }) => body).sort()).toEqual(["another", "from an older release"]);
    });

    test("a body of the wrong shape is refused when it is sent, with all that was sent with it", async () => {
      const wrong = { id: "one" } as unknown as TestBody;
      await expect(queue.send([{ id: 1 }, wrong])).rejects.toBeInstanceOf(TerminalError);
      expect((await queue.depth()).waiting).toBe(0);
    });

    test("two handles never hold the same message at once", async () => {
      const other = await fixture.open(testBody);
      await send(1, 2, 3, 4, 5);
      const received = await Promise.all([queue.receive(3), other.receive(3), queue.receive(3), other.receive(3)]);
      expect(ids(received.flat())).toEqual([1, 2, 3, 4, 5]);
    });

    test("a queue that was closed and opened again has all that was in it", async () => {
      await send(1, 2, 3);
      const [inFlight, dead] = await queue.receive(2);
      await queue.bury(dead?.receipt ?? "", "file_too_large");
      await queue.close();
      queue = await fixture.open(testBody);
      expect(await queue.depth()).toEqual({ waiting: 1, inFlight: 1, dead: 1 });
      await queue.acknowledge(inFlight?.receipt ?? "");
      expect(await queue.depth()).toEqual({ waiting: 1, inFlight: 0, dead: 1 });
    });

    test("whatever the interleaving, no message is lost and each ends acknowledged or dead", async () => {
      await fc.assert(checkAnyInterleaving(make, pace), { numRuns: pace.histories });
    });
  });
}
