import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { SettingError, TerminalError, TransientError } from "#core/errors.ts";
import { type Emulator, startEmulator } from "../aws/emulator.suite.ts";
import { describeQueue, testBody } from "./contract.suite.ts";
import { openSqsQueue } from "./sqs.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.stop());

describe("with a clock that moves when told to", () => {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
  });
  afterAll(() => {
    vi.useRealTimers();
  });

  describeQueue(
    "an SQS queue",
    async (settings) => {
      const { url } = emulator.newQueue(settings);
      return {
        open: async <Body>(body: z.ZodType<Body>) =>
          openSqsQueue({ url, name: "q", body, visibilityMs: settings.visibilityMs }),
        advance: (ms) => void vi.setSystemTime(Date.now() + ms),
        dispose: async () => undefined,
      };
    },
    { unitMs: 1000, loose: true, histories: 25 },
  );
});

const settings = { visibilityMs: 60_000, maxReceives: 3 };
const open = (url: string) => openSqsQueue({ url, name: "transform", body: testBody, visibilityMs: 60_000 });
const numbered = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

interface Sent {
  Entries: { Id: string; MessageBody: string }[];
}

/** A queue of our own that notes each request to send, and takes of it what `accepts` says. */
async function withGrudgingQueue(
  accepts: (entry: Sent["Entries"][number], request: number) => "yes" | "not now" | "never",
  work: (url: string, requests: Sent[]) => Promise<void>,
): Promise<void> {
  const requests: Sent[] = [];
  const server = createServer(async (request, response) => {
    const asked = JSON.parse(await text(request)) as Sent;
    requests.push(asked);
    const answers = asked.Entries.map((entry) => ({ entry, answer: accepts(entry, requests.length) }));
    const md5 = (body: string) => createHash("md5").update(body).digest("hex");
    response.setHeader("content-type", "application/x-amz-json-1.0");
    response.end(
      JSON.stringify({
        Successful: answers
          .filter(({ answer }) => answer === "yes")
          .map(({ entry: { Id, MessageBody } }) => ({ Id, MessageId: Id, MD5OfMessageBody: md5(MessageBody) })),
        Failed: answers
          .filter(({ answer }) => answer !== "yes")
          .map(({ entry: { Id }, answer }) => ({ Id, Code: "Grudge", SenderFault: answer === "never" })),
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.AWS_ENDPOINT_URL = address;
  try {
    await work(`${address}/000000000000/transform`, requests);
  } finally {
    process.env.AWS_ENDPOINT_URL = emulator.environment.AWS_ENDPOINT_URL;
    server.closeAllConnections();
    server.close();
  }
}

test("twenty-five messages go in requests of ten, ten and five", async () => {
  await withGrudgingQueue(
    () => "yes",
    async (url, requests) => {
      await open(url).send(numbered(25));
      expect(requests.map(({ Entries }) => Entries.length)).toEqual([10, 10, 5]);
    },
  );
});

test("what a request only took in part is sent again, and nothing twice", async () => {
  await withGrudgingQueue(
    ({ Id }, request) => (Number(Id) % 3 === 0 && request < 3 ? "not now" : "yes"),
    async (url, requests) => {
      await open(url).send(numbered(10));
      expect(requests.map(({ Entries }) => Entries.map(({ Id }) => Id))).toEqual([
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        ["0", "3", "6", "9"],
        ["0", "3", "6", "9"],
      ]);
    },
  );
});

test("a queue that goes on refusing is an error that may pass; a message it will never take is one that will not", async () => {
  await withGrudgingQueue(
    () => "not now",
    (url) => expect(open(url).send(numbered(2))).rejects.toBeInstanceOf(TransientError),
  );
  await withGrudgingQueue(
    () => "never",
    (url) => expect(open(url).send(numbered(2))).rejects.toBeInstanceOf(TerminalError),
  );
});

const textBody = z.string();
const openTexts = (url: string) => openSqsQueue({ url, name: "texts", body: textBody, visibilityMs: 60_000 });

test("no request weighs more than 256 KiB, and a message that does is refused before anything is sent", async () => {
  await withGrudgingQueue(
    () => "yes",
    async (url, requests) => {
      const heavy = "é".repeat(50 * 1024);
      await openTexts(url).send([heavy, heavy, heavy, heavy]);
      expect(requests.map(({ Entries }) => Entries.length)).toEqual([2, 2]);
      await expect(openTexts(url).send(["light", "é".repeat(128 * 1024)])).rejects.toBeInstanceOf(TerminalError);
      expect(requests).toHaveLength(2);
    },
  );
});

test("more than ten dead letters are all told and all redriven", async () => {
  const { url } = emulator.newQueue(settings);
  const queue = open(url);
  await queue.send(numbered(23));
  for (const { receipt } of await queue.receive(23)) await queue.bury(receipt, "warehouse_down");
  expect((await queue.deadLetters()).map(({ body }) => body?.id).sort((a, b) => Number(a) - Number(b))).toEqual(
    numbered(23).map(({ id }) => id),
  );
  expect(await queue.redrive()).toBe(23);
  expect(await queue.receive(100)).toHaveLength(23);
});

test("a message Lambda was handed can be acknowledged, given back and buried", async () => {
  const { url } = emulator.newQueue(settings);
  const [queue, lambda] = [open(url), open(url)];
  await queue.send(numbered(1));
  const { SQSClient, ReceiveMessageCommand } = await import("@aws-sdk/client-sqs");
  const client = new SQSClient({});
  const mapped = async () => {
    const asked = { QueueUrl: url, MessageSystemAttributeNames: ["ApproximateReceiveCount" as const] };
    const { Messages: [message] = [] } = await client.send(new ReceiveMessageCommand(asked));
    return {
      messageId: message?.MessageId ?? "",
      receiptHandle: message?.ReceiptHandle ?? "",
      body: message?.Body ?? "",
      attributes: { ApproximateReceiveCount: message?.Attributes?.ApproximateReceiveCount ?? "" },
    };
  };
  const first = await lambda.accept(await mapped());
  expect(first).toMatchObject({ body: { id: 0 }, receiveCount: 1 });
  await lambda.giveBack(first?.receipt ?? "", 0);
  const second = await lambda.accept(await mapped());
  expect(second?.receiveCount).toBe(2);
  await lambda.bury(second?.receipt ?? "", "warehouse_down");
  expect(await queue.depth()).toEqual({ waiting: 0, inFlight: 0, dead: 1 });

  await openTexts(url).send(["no message of this queue"]);
  expect(await lambda.accept(await mapped())).toBeUndefined();
  expect((await queue.deadLetters()).map(({ reason }) => reason).sort()).toEqual([
    "unreadable_message",
    "warehouse_down",
  ]);
});

test("a queue that is not there, or has no dead letters, is a setting error", async () => {
  const { url, deadLetterUrl } = emulator.newQueue(settings);
  await expect(open(`${url}-nowhere`).receive(1)).rejects.toBeInstanceOf(SettingError);
  await expect(open(deadLetterUrl).depth()).rejects.toThrow(/no dead-letter queue/);
});
