import fc from "fast-check";
import { expect } from "vitest";
import type { Queue } from "#core/ports/queue.ts";
import { type MakeQueue, type QueuePace, type TestBody, testBody } from "./contract.suite.ts";

const visibilityMs = 100;
const maxReceives = 3;

/** What the model knows of one message. */
interface Expected {
  receiveCount: number;
  receipt: string | undefined;
  visibleAt: number;
  /** `exhausted`: received as often as may be and visible at a receive, so it may be dead and must not come again. */
  state: "alive" | "exhausted" | "acknowledged" | "buried";
}

const handle = fc.nat({ max: 1 });
/** Which of all receipts ever given, old ones included. */
const receipt = fc.nat({ max: 1000 });
const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("send" as const), handle, count: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("receive" as const), handle, max: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("acknowledge" as const), handle, receipt }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("giveBack" as const), handle, receipt, delayMs: fc.nat({ max: 150 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("bury" as const), handle, receipt }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("advance" as const), ms: fc.constantFrom(1, 50, 99, 100, 250) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Steps in any order through two handles on one queue, held against a model of it, and at the end a count of every message. */
export function checkAnyInterleaving(make: MakeQueue, pace: QueuePace): fc.IAsyncProperty<[Step[]]> {
  return fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
    const fixture = await make({ visibilityMs: visibilityMs * pace.unitMs, maxReceives });
    try {
      const handles = [await fixture.open(testBody), await fixture.open(testBody)] as const;
      const run = new Interleaving(handles, fixture.advance, pace);
      for (const next of steps) await run.take(next);
      await run.finish();
    } finally {
      await fixture.dispose();
    }
  });
}

class Interleaving {
  readonly #handles: readonly [Queue<TestBody>, Queue<TestBody>];
  readonly #advance: (ms: number) => void;
  readonly #pace: QueuePace;
  readonly #messages: Expected[] = [];
  readonly #receipts: { id: number; receipt: string }[] = [];
  #clock = 0;

  constructor(handles: readonly [Queue<TestBody>, Queue<TestBody>], advance: (ms: number) => void, pace: QueuePace) {
    this.#handles = handles;
    this.#advance = advance;
    this.#pace = pace;
  }

  async take(next: Step): Promise<void> {
    if (next.do === "advance") return this.#pass(next.ms);
    const queue = this.#handles[next.handle === 0 ? 0 : 1];
    if (next.do === "send") return this.#send(queue, next.count);
    if (next.do === "receive") return void (await this.#receive(queue, next.max));
    const given = this.#receipts[next.receipt % Math.max(1, this.#receipts.length)];
    if (given === undefined) return;
    const message = this.#holder(given);
    if (next.do === "acknowledge") {
      await queue.acknowledge(given.receipt);
      if (message?.state === "alive") message.state = "acknowledged";
    } else if (next.do === "bury") {
      await queue.bury(given.receipt, "buried");
      if (message?.state === "alive") message.state = "buried";
    } else {
      await queue.giveBack(given.receipt, next.delayMs * this.#pace.unitMs);
      if (message?.state !== "alive") return;
      message.receipt = undefined;
      message.visibleAt = this.#clock + next.delayMs;
    }
  }

  /** Works the queue dry, then accounts for every message ever sent. */
  async finish(): Promise<void> {
    const [queue] = this.#handles;
    for (let round = 0; round <= maxReceives; round++) {
      this.#pass(1000);
      for (let taken = -1; taken !== 0; ) taken = await this.#receive(queue, 4, true);
    }
    const dead = await queue.deadLetters();
    expect(await queue.depth()).toEqual({ waiting: 0, inFlight: 0, dead: dead.length });
    const expected = this.#messages.flatMap(({ state }, id) => {
      if (state === "exhausted") return [{ id, reason: "too_many_receives" }];
      return state === "buried" ? [{ id, reason: "buried" }] : [];
    });
    const found = dead.map(({ body, reason }) => ({ id: body?.id ?? -1, reason })).sort((a, b) => a.id - b.id);
    expect(found).toEqual(expected);
    expect(this.#messages.every(({ state }) => state !== "alive")).toBe(true);
  }

  #pass(ms: number): void {
    this.#clock += ms;
    this.#advance(ms * this.#pace.unitMs);
    if (!this.#pace.loose) return;
    for (const message of this.#messages) if (message.visibleAt <= this.#clock) message.receipt = undefined;
  }

  async #send(queue: Queue<TestBody>, count: number): Promise<void> {
    const bodies = Array.from({ length: count }, (_, n) => ({ id: this.#messages.length + n }));
    await queue.send(bodies);
    for (const _ of bodies) {
      this.#messages.push({ receiveCount: 0, receipt: undefined, visibleAt: this.#clock, state: "alive" });
    }
  }

  async #receive(queue: Queue<TestBody>, max: number, acknowledge = false): Promise<number> {
    for (const message of this.#messages) {
      const visible = message.state === "alive" && message.visibleAt <= this.#clock;
      if (visible && message.receiveCount >= maxReceives) message.state = "exhausted";
    }
    const ready = this.#messages.filter(({ state, visibleAt }) => state === "alive" && visibleAt <= this.#clock);
    const deliveries = await queue.receive(max);
    expect(deliveries).toHaveLength(Math.min(max, ready.length));
    for (const { body, receipt, receiveCount } of deliveries) {
      const message = this.#messages[body.id];
      if (message === undefined || !ready.includes(message)) throw new Error(`Message ${body.id} was not to be had.`);
      expect(receiveCount).toBe(message.receiveCount + 1);
      expect(this.#receipts.some((given) => given.receipt === receipt)).toBe(false);
      Object.assign(message, { receiveCount, receipt, visibleAt: this.#clock + visibilityMs });
      this.#receipts.push({ id: body.id, receipt });
      if (!acknowledge) continue;
      await queue.acknowledge(receipt);
      message.state = "acknowledged";
    }
    return deliveries.length;
  }

  /** The message whose latest delivery this is; undefined when the receipt is stale. */
  #holder(given: { id: number; receipt: string }): Expected | undefined {
    const message = this.#messages[given.id];
    return message?.receipt === given.receipt ? message : undefined;
  }
}
