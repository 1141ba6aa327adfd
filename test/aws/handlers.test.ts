import { readdirSync } from "node:fs";
import type { SQSBatchResponse } from "aws-lambda";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { TransientError } from "#core/errors.ts";
import { scratchOf } from "#entry/home/choose-adapters.ts";
import { loadHandler } from "#entry/lambda/load.ts";
import { transformHandler } from "#entry/lambda/transform.ts";
import { redrive } from "#entry/operations/redrive.ts";
import { deliverAll, type Functions, objectCreatedEvent, scheduledEvent, sqsEvent } from "./cloud.ts";
import { embeddedDigest } from "./embedded.ts";
import { history } from "./history.ts";
import { openRig, plenty, type Rig, warehouses } from "./rig.ts";

vi.setConfig({ testTimeout: 400_000 });

// Logs and figures are for CloudWatch; both are set up as the handlers are read.
vi.hoisted(() => {
  process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
  process.env.POWERTOOLS_METRICS_DISABLED = "true";
});

const runsOf = ({ query }: Rig) =>
  query<{ trigger_kind: string; status: string; files_loaded: number }>(
    "select trigger_kind, status, files_loaded from runs order by started_at, run_id",
  );

test.each(warehouses)(
  "S3, SQS and the handlers end in the warehouse the embedded run ends in, on %s",
  async (_, options) => {
    const rig = await openRig(options);
    for (const round of history) {
      for (const [key, content] of round) await rig.cloud.upload(key, content);
      await rig.functions.extract(scheduledEvent);
      expect(await deliverAll(rig.cloud, rig.functions)).toEqual([]);
    }
    expect(await rig.digest()).toEqual(await embeddedDigest());
    // Copies of till files, which hold names and cards, do not stay where they were read.
    expect(readdirSync(scratchOf(rig.parts.settings))).toEqual([]);
    expect(await runsOf(rig)).toEqual([
      { trigger_kind: "schedule", status: "completed", files_loaded: 4 },
      { trigger_kind: "schedule", status: "completed", files_loaded: 3 },
    ]);
  },
);

test.each(warehouses)("every message twice and out of order ends in the same warehouse, on %s", async (_, options) => {
  const rig = await openRig(options);
  let seed = 7;
  const shuffle = <T>(items: T[]) => {
    seed += 1;
    const [shuffled = []] = fc.sample(fc.shuffledSubarray(items, { minLength: items.length }), { numRuns: 1, seed });
    return shuffled;
  };
  for (const round of history) {
    for (const [key, content] of round) await rig.cloud.upload(key, content);
    await rig.functions.extract({});
    expect(await deliverAll(rig.cloud, rig.functions, { twice: true, shuffle, atOnce: 3 })).toEqual([]);
  }
  expect(await rig.digest()).toEqual(await embeddedDigest());
  expect((await runsOf(rig)).map(({ status }) => status)).toEqual(["completed", "completed"]);
});

test("a file S3 tells of is loaded at once, whatever its key looks like", async () => {
  const rig = await openRig();
  const [round = []] = history;
  for (const [key, content] of round) {
    await rig.cloud.upload(key, content);
    await rig.functions.extract(objectCreatedEvent(rig.cloud.tillBucket, `tills/${key}`));
    await deliverAll(rig.cloud, rig.functions);
  }
  expect(await rig.functions.extract(objectCreatedEvent("another-bucket", "tills/a.csv"))).toMatchObject({
    runId: null,
  });
  expect(await rig.functions.extract({ Service: "Amazon S3", Event: "s3:TestEvent" })).toMatchObject({ runId: null });
  expect(await rig.digest()).toEqual(await embeddedDigest(1));
  expect((await runsOf(rig)).map(({ trigger_kind, status }) => `${trigger_kind} ${status}`)).toEqual(
    round.map(() => "upload completed"),
  );
  // The schedule finds nothing left to do, and closes its run by itself.
  expect(await rig.functions.extract({})).toMatchObject({ found: 0, status: "completed" });
});

test("of an event's messages only those that failed come again", async () => {
  const rig = await openRig({ batchFiles: 1 });
  for (const [key, content] of history[0] ?? []) await rig.cloud.upload(key, content);
  await rig.functions.extract({});
  let refusals = 1;
  const { clean } = rig.parts;
  const parts = {
    ...rig.parts,
    clean: {
      ...clean,
      async adopt(key: string, path: string) {
        if (refusals-- > 0) throw new Error("Pat Sample 4000000000000002");
        await clean.adopt(key, path);
      },
    },
  };
  const responses: SQSBatchResponse[] = [];
  const transform = async (event: Parameters<Functions["transform"]>[0]) => {
    const response = await transformHandler(async () => parts)(event, plenty);
    responses.push(response);
    return response;
  };
  await deliverAll(rig.cloud, { ...rig.functions, transform });
  expect(responses[0]?.batchItemFailures).toHaveLength(1);
  expect(responses.slice(1).flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
  const [open] = await rig.query<{ n: number }>("select count(*) as n from run_batches where state = 'queued'");
  expect(Number(open?.n)).toBe(1);
});

test("with too little time left no message is begun, and all of them come again", async () => {
  const rig = await openRig();
  for (const [key, content] of history[0] ?? []) await rig.cloud.upload(key, content);
  await rig.functions.extract({});
  const short = { getRemainingTimeInMillis: () => 5000 };
  let impatient = true;
  const transform = async (event: Parameters<Functions["transform"]>[0]) => {
    const response = await transformHandler(async () => rig.parts)(event, impatient ? short : plenty);
    if (impatient) expect(response.batchItemFailures).toHaveLength(event.Records.length);
    impatient = false;
    return response;
  };
  expect(await deliverAll(rig.cloud, { ...rig.functions, transform })).toHaveLength(1);
  expect(await rig.digest()).toEqual(await embeddedDigest(1));
});

test("a batch that never works is split until one file is left; that goes to the dead letters, and the run ends incomplete", async () => {
  const rig = await openRig({ batchFiles: 5, maxReceives: 1 });
  const [round = []] = history;
  for (const [key, content] of round) await rig.cloud.upload(key, content);
  await rig.functions.extract({});
  const poison = "2026/03/02/Uppingham.csv";
  let poisoned = true;
  const suppressed = { ...rig.parts.suppressed, all: () => Promise.reject(new Error("down")) };
  const transform = async (event: Parameters<Functions["transform"]>[0]) => {
    const bad = poisoned && event.Records.some(({ body }) => body.includes(poison));
    const open = async () => (bad ? { ...rig.parts, suppressed } : rig.parts);
    return await transformHandler(open)(event, plenty);
  };
  await deliverAll(rig.cloud, { ...rig.functions, transform }, { atOnce: 1 });
  expect((await runsOf(rig)).map(({ status }) => status)).toEqual(["incomplete"]);
  const letters = await rig.parts.transformQueue.deadLetters();
  expect(letters.map(({ body, reason }) => [body?.files.map(({ key }) => key), reason])).toEqual([
    [[poison], "TransientError"],
  ]);

  // Mended and redriven, the run is completed after all.
  poisoned = false;
  expect(await redrive(rig.parts)).toEqual({ transform: 1, load: 0 });
  await deliverAll(rig.cloud, rig.functions);
  expect(await runsOf(rig)).toEqual([{ trigger_kind: "schedule", status: "completed", files_loaded: 4 }]);
  expect(await rig.digest()).toEqual(await embeddedDigest(1));
});

test("a warehouse that is away for longer than the tries last gives up no batch", async () => {
  const rig = await openRig({ maxReceives: 1 });
  for (const [key, content] of history[0] ?? []) await rig.cloud.upload(key, content);
  await rig.functions.extract({});
  const away = () => Promise.reject(new TransientError("The warehouse is away.", "Wait."));
  const { warehouse } = rig.parts;
  const absent = {
    ...rig.parts,
    warehouse: { ...warehouse, query: away, transact: away } as unknown as typeof warehouse,
  };
  let outages = 3;
  const load = (event: Parameters<Functions["load"]>[0]) => {
    outages -= 1;
    return loadHandler(async () => (outages >= 0 ? absent : rig.parts))(event, plenty);
  };
  await deliverAll(rig.cloud, { ...rig.functions, load });
  expect(await rig.parts.loadQueue.deadLetters()).toEqual([]);
  expect((await runsOf(rig)).map(({ status }) => status)).toEqual(["completed"]);
});

test("a run whose messages were lost is closed as incomplete at its deadline, and the next finds its files", async () => {
  const rig = await openRig();
  for (const [key, content] of history[0] ?? []) await rig.cloud.upload(key, content);
  await rig.functions.extract({});
  for (const { receipt } of await rig.parts.transformQueue.receive(10))
    await rig.parts.transformQueue.acknowledge(receipt);
  await rig.parts.warehouse.transact([
    { sql: "update runs set started_at = $at", params: { at: new Date(Date.now() - 7 * 60 * 60 * 1000) } },
  ]);
  await rig.functions.extract({});
  await deliverAll(rig.cloud, rig.functions);
  expect((await runsOf(rig)).map(({ status }) => status)).toEqual(["incomplete", "completed"]);
});

test("an event that is none of ours fails, without a word of what was in it", async () => {
  const rig = await openRig();
  await expect(rig.functions.extract({ Records: [{ card: "4000000000000002" }] })).rejects.toThrow(
    /^Extract failed: RefusedError\.$/,
  );
  const unreadable = [{ MessageId: "m", ReceiptHandle: "r", Body: "4000000000000002" }];
  const response = await rig.functions.load(sqsEvent(rig.cloud.queues.load.arn, unreadable));
  expect(response.batchItemFailures).toEqual([]);
  expect((await rig.parts.loadQueue.deadLetters()).map(({ reason }) => reason)).toEqual(["unreadable_message"]);
});
