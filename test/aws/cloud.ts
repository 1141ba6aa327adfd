import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { type Emulator, startEmulator } from "#adapters/aws/emulator.suite.ts";
import { type SecretsFake, startSecretsFake } from "#adapters/aws/secrets.suite.ts";
import { openBucket } from "#adapters/storage/s3.ts";
import { keyPurposes } from "#core/ports/keys.ts";
import { readSettings, type Settings, variableOf } from "#core/settings.ts";
import { fixedKeys } from "../fixed-keys.ts";

/** The keys of every cloud, so that an embedded tracker can number its customers alike. */
export const cloudKeys = fixedKeys(7);

/** Everything but the functions: buckets, queues and secrets that speak as Amazon's do. The warehouse is given. */
export interface Cloud {
  readonly folder: string;
  readonly emulator: Emulator;
  readonly secrets: SecretsFake;
  /** The bucket that tills write to, without its prefix. */
  readonly tillBucket: string;
  readonly queues: { transform: Addressed; load: Addressed };
  /** The settings of a function, or of a command, by their variables. */
  environment(home: string): Record<string, string>;
  settings(home: string): Settings;
  /** A till leaves its file. */
  upload(key: string, content: string): Promise<void>;
  stop(): Promise<void>;
}

interface Addressed {
  readonly url: string;
  readonly arn: string;
}

/** The handlers, wherever they run. */
export interface Functions {
  extract(event: unknown): Promise<unknown>;
  transform(event: SQSEvent): Promise<SQSBatchResponse>;
  load(event: SQSEvent): Promise<SQSBatchResponse>;
}

interface CloudOptions {
  /** Makes the database, and says the setting `warehouse`; without, that is a DuckDB file of the home. */
  warehouse?: (emulator: Emulator) => Promise<WarehouseServer>;
  batchFiles?: number;
  maxReceives?: number;
  /** Whether load publishes what the dashboard reads: of no concern to most, and a third of the time. */
  publishes?: boolean;
}

/** A database on a server. */
export interface WarehouseServer {
  readonly url: string;
  /** What else a client must be told to find it. */
  readonly environment?: Readonly<Record<string, string>>;
  stop?(): Promise<void>;
}

export async function openCloud({
  warehouse,
  batchFiles = 2,
  maxReceives = 3,
  publishes = false,
}: CloudOptions = {}): Promise<Cloud> {
  const folder = await mkdtemp(join(tmpdir(), "cloud-"));
  const emulator = await startEmulator();
  const secrets = await startSecretsFake();
  process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = secrets.address;
  for (const purpose of keyPurposes)
    secrets.secrets.set(`infinity/${purpose}`, (await cloudKeys.get(purpose)).toString("base64"));
  const [tills, clean, records] = [1, 2, 3].map(() => emulator.newBucket());
  const database = await warehouse?.(emulator);
  Object.assign(process.env, database?.environment);
  const policy = { visibilityMs: 15 * 60_000, maxReceives };
  const queues = { transform: emulator.newQueue(policy), load: emulator.newQueue(policy) };
  const source = `${tills}/tills`;
  const store = openBucket({ url: source, scratchFolder: join(folder, "uploads") });
  const values = {
    source,
    clean: clean ?? "",
    records: records ?? "",
    ...(publishes ? { snapshots: emulator.newBucket() } : {}),
    transformQueue: queues.transform.url,
    loadQueue: queues.load.url,
    keys: "secretsmanager:infinity",
    settleMs: "0",
    batchFiles: String(batchFiles),
    maxReceives: String(maxReceives),
    warehouseMemoryMegabytes: "256",
    publicUrl: "https://infinity.example",
    ...(database === undefined ? {} : { warehouse: database.url }),
  };
  const environment = (home: string) => ({
    ...emulator.environment,
    ...database?.environment,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.address,
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [variableOf(name), value])),
    INFINITY_HOME: home,
  });
  return {
    ...{ folder, emulator, secrets, queues, environment },
    tillBucket: (tills ?? "").slice("s3://".length),
    settings: (home) => readSettings({ environment: environment(home), folder }),
    async upload(key, content) {
      const path = join(folder, "uploads", "upload.csv");
      await mkdir(join(folder, "uploads"), { recursive: true });
      await writeFile(path, content);
      await store.adopt(key, path);
    },
    async stop() {
      delete process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER;
      for (const name of Object.keys(database?.environment ?? {})) delete process.env[name];
      await database?.stop?.();
      await secrets.stop();
      await emulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Delivery {
  /** Every message comes twice, as Amazon may do. */
  twice?: boolean;
  /** In which order messages come, of those that are there. */
  shuffle?: (messages: Message[]) => Message[];
  /** Messages of one event. */
  atOnce?: number;
}

/**
 * Does what Lambda's event source mappings do: hands messages to the functions, deletes those that are not reported as
 * failed, and leaves the others to come again; until both queues have nothing to hand out.
 *
 * @returns every response with failures
 */
export async function deliverAll(
  { queues }: Cloud,
  functions: Functions,
  { twice = false, shuffle = (messages) => messages, atOnce = 10 }: Delivery = {},
): Promise<SQSBatchResponse[]> {
  const client = new SQSClient({});
  const failures: SQSBatchResponse[] = [];
  const copied = new Set<string>();
  const takeAll = async (url: string): Promise<Message[]> => {
    const taken: Message[] = [];
    for (;;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        }),
      );
      if (Messages.length === 0) return taken;
      taken.push(...Messages);
      for (const { Body = "" } of twice ? Messages : []) {
        if (copied.has(Body)) continue;
        copied.add(Body);
        await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: Body }));
      }
    }
  };
  const deliverFrom = async (stage: "transform" | "load"): Promise<number> => {
    const { url, arn } = queues[stage];
    const messages = shuffle(await takeAll(url));
    for (let start = 0; start < messages.length; start += atOnce) {
      const some = messages.slice(start, start + atOnce);
      const response = await functions[stage](sqsEvent(arn, some));
      if (response.batchItemFailures.length > 0) failures.push(response);
      const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const { MessageId = "", ReceiptHandle } of some) {
        if (!failed.has(MessageId)) await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      }
    }
    return messages.length;
  };
  try {
    while ((await deliverFrom("transform")) + (await deliverFrom("load")) > 0);
    return failures;
  } finally {
    client.destroy();
  }
}

/** An event as an SQS event source mapping sends it. */
export function sqsEvent(arn: string, messages: readonly Message[]): SQSEvent {
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId ?? "",
      receiptHandle: message.ReceiptHandle ?? "",
      body: message.Body ?? "",
      attributes: {
        ApproximateReceiveCount: message.Attributes?.ApproximateReceiveCount ?? "1",
        SentTimestamp: message.Attributes?.SentTimestamp ?? "0",
        SenderId: message.Attributes?.SenderId ?? "",
        ApproximateFirstReceiveTimestamp: message.Attributes?.ApproximateFirstReceiveTimestamp ?? "0",
      },
      messageAttributes: {},
      md5OfBody: message.MD5OfBody ?? "",
      eventSource: "aws:sqs",
      eventSourceARN: arn,
      awsRegion: "eu-west-2",
    })),
  };
}

/** What EventBridge Scheduler sends to a function that was set up without an input of its own. */
export const scheduledEvent = {
  version: "0",
  id: "4a3f6d2c-1111-2222-3333-444455556666",
  "detail-type": "Scheduled Event",
  source: "aws.scheduler",
  account: "000000000000",
  time: "2026-11-22T06:00:00Z",
  region: "eu-west-2",
  resources: ["arn:aws:scheduler:eu-west-2:000000000000:schedule/default/infinity"],
  detail: "{}",
};

/** What S3 sends when an object was created; keys are encoded as it does. */
export function objectCreatedEvent(bucket: string, key: string) {
  return {
    Records: [
      {
        eventVersion: "2.1",
        eventSource: "aws:s3",
        awsRegion: "eu-west-2",
        eventTime: "2026-11-22T06:00:00.000Z",
        eventName: "ObjectCreated:Put",
        s3: {
          s3SchemaVersion: "1.0",
          configurationId: "tills",
          bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
          object: {
            key: encodeURIComponent(key).replaceAll("%2F", "/").replaceAll("%20", "+"),
            size: 1,
            eTag: "e",
            sequencer: "1",
          },
        },
      },
    ],
  };
}

/** A request as API Gateway's HTTP API passes it on, in payload format 2.0. */
export function httpEvent(path: string, { query = "", cookie }: { query?: string; cookie?: string } = {}) {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: [cookie] }),
    headers: { host: "infinity.example", accept: "*/*", "x-forwarded-proto": "https" },
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      domainName: "infinity.example",
      domainPrefix: "infinity",
      http: { method: "GET", path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      requestId: "request",
      routeKey: "$default",
      stage: "$default",
      time: "22/Nov/2026:06:00:00 +0000",
      timeEpoch: 1_795_327_200_000,
    },
    isBase64Encoded: false,
  };
}
