import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FauxqsServer, startFauxqs } from "fauxqs";

/** Amazon S3 and SQS as an emulator on this machine, spoken to over HTTP. Conditional writes are not among what it does. */
export interface Emulator {
  /** A folder for files on their way, removed with the emulator. */
  readonly folder: string;
  /** The environment that leads AWS's own clients here, in this process already and to be given to others. */
  readonly environment: Readonly<Record<string, string>>;
  readonly server: FauxqsServer;
  /** Makes a bucket of a name nobody has; its address. */
  newBucket(): string;
  /** Makes a queue with its dead letters; their addresses. */
  newQueue(settings: { visibilityMs: number; maxReceives: number }): {
    url: string;
    arn: string;
    deadLetterUrl: string;
  };
  stop(): Promise<void>;
}

/** Starts an emulator on a free port. */
export async function startEmulator(): Promise<Emulator> {
  const folder = await mkdtemp(join(tmpdir(), "aws-"));
  const server = await startFauxqs({ port: 0, logger: false, host: "127.0.0.1", defaultRegion: "eu-west-2" });
  const address = `http://127.0.0.1:${server.port}`;
  const environment = {
    AWS_ENDPOINT_URL: address,
    AWS_REGION: "eu-west-2",
    AWS_ACCESS_KEY_ID: "emulator",
    AWS_SECRET_ACCESS_KEY: "emulator",
  };
  Object.assign(process.env, environment);
  let made = 0;
  const named = (what: string) => {
    made += 1;
    return `${what}-${made}`;
  };
  // The emulator writes a host of its own into queue addresses, which no resolver knows; it looks at the path alone.
  const addressOf = (queueUrl: string) => `${address}${queueUrl.slice(queueUrl.indexOf("/", "http://".length))}`;
  return {
    folder,
    environment,
    server,
    newBucket() {
      const name = named("bucket");
      server.createBucket(name);
      return `s3://${name}`;
    },
    newQueue({ visibilityMs, maxReceives }) {
      const name = named("queue");
      const region = environment.AWS_REGION;
      const dead = server.createQueue(`${name}-dead`, { region });
      const policy = JSON.stringify({ deadLetterTargetArn: dead.queueArn, maxReceiveCount: maxReceives });
      const attributes = { VisibilityTimeout: String(visibilityMs / 1000), RedrivePolicy: policy };
      const { queueUrl, queueArn } = server.createQueue(name, { region, attributes });
      return { url: addressOf(queueUrl), arn: queueArn, deadLetterUrl: addressOf(dead.queueUrl) };
    },
    async stop() {
      await server.stop();
      for (const name of Object.keys(environment)) delete process.env[name];
      await rm(folder, { recursive: true, force: true });
    },
  };
}
