import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { stream } from "hono/streaming";
import { cafeChange } from "../operations/cafe-changes.ts";
import type { Operations } from "../operations/operations.ts";
import { listen, stopListening } from "../server/listening.ts";
import {
  asFailure,
  forgetMessage,
  metricMessage,
  purgeMessage,
  type RunLine,
  runOrderMessage,
  runsMessage,
  selectMessage,
  whyMessage,
} from "./door-messages.ts";

/** The way in for other commands of the same user. */
export interface Door {
  /** What they are told, through the owner's file that only this user can read. */
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

/** What the door lets others do: the operations, and a fresh sign-in link. */
export interface DoorServices {
  readonly operations: Operations;
  signInLink(): Promise<string>;
}

/**
 * Opens a listener of its own on loopback, on a port of the system's choice: it is not part of the site that browsers reach, so
 * no proxy can carry anything to it, and it answers only to the token in the owner's file (128 bits, mode 0600).
 */
export async function openDoor(services: DoorServices): Promise<Door> {
  const token = randomBytes(16).toString("base64url");
  const server = createAdaptorServer({ fetch: doorApp(services, token).fetch });
  const port = await listen(server, "127.0.0.1", 0);
  return {
    port,
    token,
    close: () => stopListening(server),
  };
}

function doorApp({ operations, signInLink }: DoorServices, token: string): Hono {
  const app = new Hono();
  app.use(bodyLimit({ maxSize: 1024 * 1024 }), async (c, next) => {
    // A browser always says where it comes from; a command never does.
    const isBrowser = c.req.header("origin") !== undefined || c.req.header("sec-fetch-site") !== undefined;
    if (isBrowser || !sameSecret(c.req.header("authorization") ?? "", `Bearer ${token}`)) return c.body(null, 403);
    await next();
  });
  const answered = async (work: () => Promise<unknown>) => {
    try {
      return { done: await work() };
    } catch (error) {
      return { failed: asFailure(error) };
    }
  };
  app.post("/select", async (c) => {
    const { sql } = selectMessage.parse(await c.req.json());
    return c.json(await answered(() => operations.select(sql)));
  });
  app.post("/why", async (c) => {
    const { cafe, date } = whyMessage.parse(await c.req.json());
    return c.json(await answered(() => operations.why(cafe, date)));
  });
  app.post("/metric", async (c) => {
    const order = metricMessage.parse(await c.req.json());
    return c.json(await answered(() => operations.metric(order)));
  });
  app.post("/forget", async (c) => {
    const { customerHashes, keyFingerprint } = forgetMessage.parse(await c.req.json());
    return c.json(
      await answered(() => operations.forget({ customerHashes: customerHashes.map(BigInt), keyFingerprint })),
    );
  });
  app.post("/purge", async (c) => {
    const { dryRun } = purgeMessage.parse(await c.req.json());
    return c.json(await answered(() => operations.purge(dryRun)));
  });
  app.post("/runs", async (c) => {
    const { limit } = runsMessage.parse(await c.req.json());
    return c.json(await answered(() => operations.runs(limit)));
  });
  app.post("/redrive", async (c) => c.json(await answered(() => operations.redrive())));
  app.post("/identification", async (c) => c.json(await answered(() => operations.identification())));
  app.post("/rotate-keys", async (c) => c.json(await answered(() => operations.rotateKeys())));
  app.post("/cafes", async (c) => c.json(await answered(() => operations.cafes())));
  app.post("/cafes/change", async (c) => {
    const change = cafeChange.parse(await c.req.json());
    return c.json(await answered(() => operations.changeCafes(change)));
  });
  app.post("/quarantine", async (c) => c.json(await answered(() => operations.quarantine())));
  app.post("/audit", async (c) => c.json(await answered(() => operations.audit())));
  app.post("/digest", async (c) => c.json(await answered(() => operations.digest())));
  app.post("/status", async (c) => c.json(await answered(() => operations.status())));
  app.post("/link", async (c) => c.json(await answered(() => signInLink())));
  app.post("/run", async (c) => {
    const order = runOrderMessage.parse(await c.req.json());
    return stream(c, async (lines) => {
      const say = (line: RunLine) => lines.writeln(JSON.stringify(line));
      // Whoever asked may go away; the run goes on all the same.
      await operations
        .run(order, {
          onProgress: (progress) => void say({ progress }),
          onProblem: ({ message, next }) => void say({ problem: { message, next } }),
        })
        .then(
          (done) => say({ done }),
          (error) => say({ failed: asFailure(error) }),
        );
    });
  });
  return app;
}

/** Compares without telling by its timing how much was right. */
function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
