import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TransientError } from "#core/errors.ts";
import { type Emulator, startEmulator } from "../aws/emulator.suite.ts";
import { testBody } from "./contract.suite.ts";
import { openSqsQueue } from "./sqs.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.stop());

const settings = { visibilityMs: 60_000, maxReceives: 3 };
const open = (url: string) => openSqsQueue({ url, name: "transform", body: testBody, visibilityMs: 60_000 });
const numbered = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

/** A way to the emulator's queues on which each request may get another answer than theirs. */
async function withAnswers(
  answer: (asked: { action: string; body: Record<string, unknown>; number: number }) => object | undefined,
  work: () => Promise<void>,
): Promise<void> {
  let number = 0;
  const server = createServer(async (request, response) => {
    const [body, action] = [await text(request), String(request.headers["x-amz-target"]).split(".").at(-1) ?? ""];
    number += 1;
    const own = answer({ action, body: JSON.parse(body) as Record<string, unknown>, number });
    response.setHeader("content-type", "application/x-amz-json-1.0");
    if (own !== undefined) {
      response.writeHead("__type" in own ? 400 : 200).end(JSON.stringify(own));
      return;
    }
    const headers = request.headers as Record<string, string>;
    const theirs = await fetch(`http://127.0.0.1:${emulator.server.port}/`, { method: "POST", body, headers });
    response.writeHead(theirs.status).end(await theirs.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await work();
  } finally {
    process.env.AWS_ENDPOINT_URL = emulator.environment.AWS_ENDPOINT_URL;
    server.closeAllConnections();
    server.close();
  }
}

/** Amazon's answer about a message that was deleted meanwhile, or is visible again. */
const inNobodysHands = {
  __type: "com.amazonaws.sqs#InvalidParameterValue",
  message:
    "Value x for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.",
};

test("giving back what is in nobody's hands any more has no effect, and dead letters are told while somebody redrives them", async () => {
  const { url } = emulator.newQueue(settings);
  await withAnswers(
    ({ action }) => (action === "ChangeMessageVisibility" ? inNobodysHands : undefined),
    async () => {
      const queue = open(url);
      await queue.send(numbered(3));
      const [first, ...others] = await queue.receive(3);
      await queue.giveBack(first?.receipt ?? "", 0);
      for (const { receipt } of others) await queue.bury(receipt, "warehouse_down");
      expect(await queue.deadLetters()).toHaveLength(2);
    },
  );
});

test("dead letters are asked for in a way that finds them all, and whoever looks does not hide them for long", async () => {
  const { url } = emulator.newQueue(settings);
  const looks: Record<string, unknown>[] = [];
  await withAnswers(
    ({ action, body }) => {
      if (action !== "ReceiveMessage" || !String(body.QueueUrl).endsWith("-dead")) return undefined;
      looks.push(body);
      // Without waiting, Amazon asks some of its servers, and those may know of nothing.
      return Number(body.WaitTimeSeconds ?? 0) === 0 ? {} : undefined;
    },
    async () => {
      const queue = open(url);
      await queue.send(numbered(12));
      for (const { receipt } of await queue.receive(12)) await queue.bury(receipt, "warehouse_down");
      expect(await queue.deadLetters()).toHaveLength(12);
      expect(await queue.redrive()).toBe(12);
    },
  );
  for (const { VisibilityTimeout } of looks) expect(VisibilityTimeout).toBeLessThanOrEqual(60);
});

test("what was received is handed out although a later request of the same call fails", async () => {
  const { url } = emulator.newQueue(settings);
  await open(url).send(numbered(15));
  let requests = 0;
  await withAnswers(
    ({ action }) => {
      if (action !== "ReceiveMessage") return undefined;
      requests += 1;
      return requests > 1 ? { __type: "com.amazonaws.sqs#OverLimit", message: "x" } : undefined;
    },
    async () => {
      expect(await open(url).receive(15)).toHaveLength(10);
      await expect(open(url).receive(15)).rejects.toBeInstanceOf(TransientError);
    },
  );
});

test("work that lasts longer than a message is hidden is not acknowledged over the head of whoever has the message now", async () => {
  const { url } = emulator.newQueue({ visibilityMs: 1000, maxReceives: 3 });
  const brief = () => openSqsQueue({ url, name: "transform", body: testBody, visibilityMs: 1000 });
  const [slow, next] = [brief(), brief()];
  await slow.send(numbered(1));
  const [late] = await slow.receive(1);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const [again] = await next.receive(1);
  expect(again).toMatchObject({ body: { id: 0 }, receiveCount: 2 });
  await slow.acknowledge(late?.receipt ?? "");
  await slow.giveBack(late?.receipt ?? "", 0);
  await slow.bury(late?.receipt ?? "", "late");
  expect(await next.depth()).toMatchObject({ inFlight: 1, dead: 0 });
  await next.acknowledge(again?.receipt ?? "");
  expect(await next.depth()).toEqual({ waiting: 0, inFlight: 0, dead: 0 });
});

test("a redrive ends although what it puts back is given up again at once", async () => {
  const { url } = emulator.newQueue(settings);
  const [queue, worker] = [open(url), open(url)];
  await queue.send(numbered(12));
  for (const { receipt } of await queue.receive(12)) await queue.bury(receipt, "poison");
  let isOver = false;
  const burying = (async () => {
    while (!isOver) {
      for (const { receipt } of await worker.receive(10)) await worker.bury(receipt, "poison");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const moved = await Promise.race([queue.redrive(), new Promise((resolve) => setTimeout(resolve, 8000, "endless"))]);
  isOver = true;
  await burying;
  expect(moved).toBe(12);
  const { waiting, inFlight, dead } = await queue.depth();
  expect(waiting + inFlight + dead).toBe(12);
}, 30_000);
