import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Hono } from "hono";
import { type APIGatewayProxyResult, handle, type LambdaEvent } from "hono/aws-lambda";
import { SignIn } from "#access/sign-in.ts";
import { createApi } from "#api/create-api.ts";
import type { Settings } from "#core/settings.ts";
import { openAccess, openKeeper, openStorage } from "../home/choose-adapters.ts";
import { SnapshotWarehouse } from "../snapshot/snapshot-warehouse.ts";
import { assertSet, lambdaSettings, once } from "./open-once.ts";
import { invoked, loggable, telemetryOf } from "./telemetry.ts";

const dashboardFolder = fileURLToPath(new URL("../../../dashboard/dist", import.meta.url));

/** A new snapshot is noticed within this long. */
const lookEveryMs = 15_000;

const telemetry = telemetryOf("api");

/** The web app of a function: the same as on one machine, answering from the newest snapshot. */
interface LambdaApi {
  readonly app: Pick<Hono, "fetch" | "request">;
  close(): Promise<void>;
}

/**
 * @throws SettingError when a setting is missing that the function cannot do without
 */
export async function openLambdaApi(settings: Settings): Promise<LambdaApi> {
  assertSet(settings, ["snapshots", "records", "keys", "publicUrl"]);
  const { snapshots, publicUrl } = settings;
  const warehouse = new SnapshotWarehouse({
    snapshots: await openStorage(snapshots, settings),
    memoryMegabytes: settings.warehouseMemoryMegabytes,
    lookEveryMs,
    onProblem: (error) => telemetry.logger.error("A newer snapshot cannot be read.", { error: loggable(error) }),
  });
  const store = await openAccess(settings);
  const { app } = createApi({
    warehouse,
    signIn: new SignIn({ store, keys: await openKeeper(settings) }),
    sample: false,
    origins: [new URL(publicUrl).origin],
    // A schedule elsewhere runs the pipeline; what ran last is in the snapshot.
    schedule: () => ({ running: false, nextRunAt: null, words: null }),
    dashboardFolder: existsSync(join(dashboardFolder, "index.html")) ? dashboardFolder : null,
    log: ({ stack: _, ...entry }) => telemetry.logger.error("A request failed.", { ...entry }),
  });
  return { app: app as unknown as Hono, close: () => warehouse.close() };
}

const openOnce = once(() => openLambdaApi(lambdaSettings()));

/** Answers one request that API Gateway passes on. */
export async function handler(event: LambdaEvent): Promise<APIGatewayProxyResult> {
  const { app } = await invoked(telemetry, "The API could not be opened", openOnce);
  return await invoked(telemetry, "A request could not be answered", () => handle(app as Hono)(event));
}
