import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { SQSEvent } from "aws-lambda";
import { expect, test, vi } from "vitest";
import { openFaultyWay } from "#adapters/aws/faulty-way.suite.ts";
import type { SqsQueue } from "#adapters/queue/sqs.ts";
import { SettingError } from "#core/errors.ts";
import { readSettings, variableOf } from "#core/settings.ts";
import { openLambdaApi } from "#entry/lambda/api.ts";
import { extractHandler } from "#entry/lambda/extract.ts";
import { loadHandler } from "#entry/lambda/load.ts";
import { openLambdaParts } from "#entry/lambda/open-once.ts";
import { transformHandler } from "#entry/lambda/transform.ts";
import { auditWarehouse } from "#pipeline/load/audit.ts";
import { makeDatabase } from "../postgres-server.ts";
import { deliverAll, objectCreatedEvent, openCloud, sqsEvent } from "./cloud.ts";
import { embeddedDigest } from "./embedded.ts";
import { history } from "./history.ts";
import { closeAfterwards, openRig, plenty, type Rig } from "./rig.ts";
import { onPostgres } from "./warehouses.ts";

vi.setConfig({ testTimeout: 400_000 });

// Logs and figures are for CloudWatch; both are set up as the handlers are read.
vi.hoisted(() => {
  process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
  process.env.POWERTOOLS_METRICS_DISABLED = "true";
});

const uploadRound = async ({ cloud }: Rig, round = 0) => {
  for (const [key, content] of history[round] ?? []) await cloud.upload(key, content);
};
/** A function whose failed messages come again at once, and not after half a minute or more. */
function againAtOnce(rig: Rig, stage: "transform" | "load", work = rig.functions[stage]): typeof work {
  const queue = rig.parts[`${stage}Queue`] as SqsQueue<unknown>;
  return async (event) => {
    const response = await work(event);
    for (const { itemIdentifier } of response.batchItemFailures) {
      const record = event.Records.find(({ messageId }) => messageId === itemIdentifier);
      const delivery = record && (await queue.accept(record));
      if (delivery) await queue.giveBack(delivery.receipt, 0);
    }
    return response;
  };
}
const statusesOf = async ({ query }: Rig) =>
  (await query<{ status: string }>("select status from runs order by started_at, run_id")).map(({ status }) => status);

test("a bucket that throttles, resets connections and breaks answers off changes nothing of what is loaded", async () => {
  let way: Awaited<ReturnType<typeof openFaultyWay>> | undefined;
  const rig = await openRig({
    maxReceives: 100,
    async prepare({ emulator }) {
      way = await openFaultyWay(`http://127.0.0.1:${emulator.server.port}`);
      process.env.AWS_ENDPOINT_URL_S3 = way.address;
      closeAfterwards({ close: async () => void delete process.env.AWS_ENDPOINT_URL_S3 });
      closeAfterwards({ close: way.stop });
    },
  });
  for (const round of history) {
    for (const [key, content] of round) await rig.cloud.upload(key, content);
    await rig.functions.extract({});
    const faults = [{ status: 503, code: "SlowDown" }, "reset", "cut"] as const;
    if (way) way.fault = ({ number }) => (number % 5 === 0 ? faults[(number / 5) % 3] : undefined);
    const [transform, load] = [againAtOnce(rig, "transform"), againAtOnce(rig, "load")];
    await deliverAll(rig.cloud, { ...rig.functions, transform, load });
    if (way) way.fault = () => undefined;
  }
  expect(way?.faults()).toBeGreaterThan(10);
  expect(await rig.digest()).toEqual(await embeddedDigest());
  expect(await statusesOf(rig)).toEqual(["completed", "completed"]);
});

/** A way to a server that can be shut, as when a warehouse is away, or cut while it is in use. */
async function openGate(port: number) {
  const through = new Set<Socket>();
  let [isOpen, bytesLeft] = [false, Number.POSITIVE_INFINITY];
  const shut = () => {
    for (const socket of through) socket.destroy();
  };
  const gate = createServer((client) => {
    if (!isOpen) return void client.destroy();
    const server = connect(port, "127.0.0.1");
    for (const socket of [client, server]) {
      through.add(socket);
      socket.on("error", () => undefined).on("close", () => through.delete(socket));
    }
    client.pipe(server).pipe(client);
    client.on("data", ({ length }) => {
      bytesLeft -= length;
      if (bytesLeft > 0) return;
      bytesLeft = Number.POSITIVE_INFINITY;
      shut();
    });
  });
  await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
  return {
    port: (gate.address() as AddressInfo).port,
    set isOpen(open: boolean) {
      isOpen = open;
      if (!open) shut();
    },
    /** Cuts every connection once so many bytes more were sent to the server. */
    cutAfter(bytes: number) {
      bytesLeft = bytes;
    },
    async close() {
      shut();
      await new Promise((resolve) => gate.close(resolve));
    },
  };
}

test("functions that start while the warehouse is away lose no try of a batch: transform goes on, load waits, and then all is loaded", async () => {
  let gate: Awaited<ReturnType<typeof openGate>> | undefined;
  const rig = await openRig({
    maxReceives: 1,
    open: openLambdaParts,
    async warehouse() {
      const { url } = await onPostgres();
      gate = await openGate(Number(new URL(url).port));
      closeAfterwards(gate);
      return { url: url.replace(/:\d+\//, `:${gate.port}/`) };
    },
  });
  await uploadRound(rig);
  const away = gate as NonNullable<typeof gate>;
  await expect(rig.functions.extract({})).rejects.toThrow("Extract failed: TransientError.");
  away.isOpen = true;
  await rig.functions.extract({});
  away.isOpen = false;
  // Cold starts: parts of their own.
  const cold = await openLambdaParts(rig.cloud.settings(join(rig.cloud.folder, "cold")));
  closeAfterwards(cold);
  let outages = 3;
  const load = async (event: SQSEvent) => {
    outages -= 1;
    if (outages < 0) away.isOpen = true;
    return await loadHandler(async () => cold)(event, plenty);
  };
  const transform = (event: SQSEvent) => transformHandler(async () => cold)(event, plenty);
  await deliverAll(rig.cloud, { ...rig.functions, transform, load });
  expect(outages).toBeLessThan(0);
  expect(await cold.transformQueue.deadLetters()).toEqual([]);
  expect(await cold.loadQueue.deadLetters()).toEqual([]);
  expect(await rig.digest()).toEqual(await embeddedDigest(1));
  expect(await statusesOf(rig)).toEqual(["completed"]);
});

test("a connection that is cut in the middle of a load leaves nothing of it, and the batch is loaded when it comes again", async () => {
  let gate: Awaited<ReturnType<typeof openGate>> | undefined;
  const rig = await openRig({
    batchFiles: 20,
    maxReceives: 10,
    open: openLambdaParts,
    async warehouse() {
      const { url } = await onPostgres();
      gate = await openGate(Number(new URL(url).port));
      gate.isOpen = true;
      closeAfterwards(gate);
      return { url: url.replace(/:\d+\//, `:${gate.port}/`) };
    },
  });
  await uploadRound(rig);
  await rig.functions.extract({});
  const away = gate as NonNullable<typeof gate>;
  const failures: number[] = [];
  const load = againAtOnce(rig, "load", async (event) => {
    // Soon, and later among the statements.
    const cut = [3000, 30_000, 60_000][failures.length];
    if (cut !== undefined) away.cutAfter(cut);
    const response = await rig.functions.load(event);
    failures.push(response.batchItemFailures.length);
    return response;
  });
  await deliverAll(rig.cloud, { ...rig.functions, load });
  expect(failures).toEqual([1, 1, 1, 0]);
  expect(await rig.digest()).toEqual(await embeddedDigest(1));
  expect(await statusesOf(rig)).toEqual(["completed"]);
});

test("the first events of all come at once, to functions that start on an empty database, and end in the same warehouse", async () => {
  const rig = await openRig({ batchFiles: 20, open: openLambdaParts, warehouse: () => makeDatabase() });
  await uploadRound(rig);
  const files = (history[0] ?? []).map(([key]) => objectCreatedEvent(rig.cloud.tillBucket, `tills/${key}`));
  // The service tells of one twice.
  const events = [...files, ...files.slice(0, 1)];
  const functions = await Promise.all(
    events.map(async (_, place) => {
      const parts = await openLambdaParts(rig.cloud.settings(join(rig.cloud.folder, `cold-${place}`)));
      closeAfterwards(parts);
      return extractHandler(async () => parts);
    }),
  );
  await Promise.all(events.map((event, place) => functions[place]?.(event)));
  expect(await deliverAll(rig.cloud, rig.functions, { atOnce: 2 })).toEqual([]);
  expect(await rig.query("select source_id, url from sources")).toHaveLength(1);
  expect(await rig.query("select distinct key from files")).toHaveLength(files.length);
  expect(await auditWarehouse(rig.parts.warehouse)).toEqual([]);
  expect(await rig.query("select date from calendar group by date having count(*) > 1")).toEqual([]);
  expect(new Set(await statusesOf(rig))).toEqual(new Set(["completed"]));
});

test("a function that lacks a setting says which, and does not begin in a home that nobody else sees", async () => {
  const cloud = await openCloud({
    publishes: true,
    warehouse: async () => ({ url: "postgres://somebody@127.0.0.1:1/w" }),
  });
  closeAfterwards({ close: cloud.stop });
  const without = (...names: string[]) => {
    const environment = cloud.environment(join(cloud.folder, "home"));
    for (const name of names) delete environment[variableOf(name)];
    return readSettings({ environment, folder: cloud.folder });
  };
  for (const name of ["clean", "transformQueue", "loadQueue", "warehouse", "keys", "records"]) {
    const error = await openLambdaParts(without(name)).catch((thrown) => thrown);
    expect(error, name).toBeInstanceOf(SettingError);
    expect(error.message).toContain(`lacks the settings ${name}:`);
    expect(error.next).toBe(`Set ${variableOf(name)} for it.`);
  }
  const error = await openLambdaApi(without("keys", "publicUrl")).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(SettingError);
  expect(error.next).toBe("Set INFINITY_KEYS, INFINITY_PUBLIC_URL for it.");
});

test("news of the bucket that are no new file do nothing, and what nobody knows does not list the whole store", async () => {
  const rig = await openRig();
  await uploadRound(rig);
  const news = (kind: string) => ({
    ...{ version: "0", source: "aws.s3", "detail-type": kind, region: "eu-west-2" },
    detail: { bucket: { name: rig.cloud.tillBucket }, object: { key: "tills/2026/03/02/Leeds.csv" } },
  });
  for (const kind of ["Object Deleted", "Object Tags Added", "Object Storage Class Changed"]) {
    expect(await rig.functions.extract(news(kind))).toEqual({ runId: null, found: 0, waiting: 0, status: null });
  }
  for (const unknown of [
    { key1: "value1", key2: "value2", key3: "value3" },
    { version: "0", source: "aws.ec2", "detail-type": "EC2 Instance State-change Notification", detail: {} },
    { from: "next Tuesday" },
    "run",
  ]) {
    await expect(rig.functions.extract(unknown)).rejects.toThrow("Extract failed: RefusedError.");
  }
  expect(await statusesOf(rig)).toEqual([]);
  expect(await rig.functions.extract({ from: "2026-03-02", to: "2026-03-02" })).toMatchObject({
    found: history[0]?.length,
  });
});

test("a message of another function's queue stays where it is, and is in nobody's dead letters", async () => {
  const rig = await openRig();
  await uploadRound(rig);
  await rig.functions.extract({});
  const [delivery] = await rig.parts.transformQueue.receive(1);
  const message = { MessageId: "m", ReceiptHandle: "elsewhere", Body: JSON.stringify(delivery?.body) };
  const response = await rig.functions.load(sqsEvent(rig.cloud.queues.transform.arn, [message]));
  expect(response.batchItemFailures).toEqual([{ itemIdentifier: "m" }]);
  expect(await rig.parts.loadQueue.deadLetters()).toEqual([]);
});

test("a batch that function after function dies of is split without being tried again, so that its other files are loaded", async () => {
  const rig = await openRig({ batchFiles: 20, maxReceives: 2 });
  await uploadRound(rig);
  await rig.functions.extract({});
  const fatal = "2026/03/02/Uppingham.csv";
  let deaths = 0;
  const transform = againAtOnce(rig, "transform", async (event) => {
    const [record] = event.Records;
    const isLast = Number(record?.attributes.ApproximateReceiveCount) >= 2;
    const isWhole = (JSON.parse(record?.body ?? "{}") as { files: unknown[] }).files.length > 1;
    if (!record?.body.includes(fatal) || (isLast && isWhole)) return await rig.functions.transform(event);
    // Lambda stopped it, which says nothing.
    deaths += 1;
    if (deaths > 20) throw new Error("It is tried for ever.");
    return { batchItemFailures: [{ itemIdentifier: record.messageId }] };
  });
  await deliverAll(rig.cloud, { ...rig.functions, transform }, { atOnce: 1 });
  const loaded = await rig.query<{ key: string }>("select key from files order by key");
  expect(loaded).toHaveLength(Number(history[0]?.length) - 1);
  expect(loaded.map(({ key }) => key)).not.toContain(fatal);
  const letters = await rig.parts.transformQueue.deadLetters();
  expect(letters.map(({ body, reason }) => [body?.files.map(({ key }) => key), reason])).toEqual([
    [[fatal], "too_many_receives"],
  ]);
});
