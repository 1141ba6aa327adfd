import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAdaptorServer } from "@hono/node-server";
import { SignIn } from "#access/sign-in.ts";
import { openSqliteAccess } from "#adapters/access/sqlite.ts";
import { createApi } from "#api/create-api.ts";
import type { FailureEntry } from "#api/environment.ts";
import { InfinityError } from "#core/errors.ts";
import type { RunSummary } from "#core/run-summary.ts";
import type { RunTrigger } from "#pipeline/run-ledger.ts";
import { openDoor } from "../door/open-door.ts";
import type { Home } from "../home/open-home.ts";
import { sourceOf } from "../operations/open-source.ts";
import type { RunOrder, RunWatcher } from "../operations/operations.ts";
import { OwnOperations } from "../operations/own-operations.ts";
import { originsOf } from "./addresses.ts";
import { listen, stopListening } from "./listening.ts";
import { Schedule } from "./schedule.ts";

export interface ServerOptions {
  /** The home holds the invented chain: the dashboard says so on every page. */
  readonly sample: boolean;
  /** A line for whoever started the server: a scheduled run's outcome, a failure and its id. */
  readonly note: (line: string) => void;
  /** Called before each scheduled run: the made-up chain writes the days that have gone by. */
  readonly beforeScheduledRun?: () => Promise<void>;
  readonly now?: () => Date;
}

/** The dashboard, being served. */
export interface RunningServer {
  /** Where it is, such as `http://localhost:4000`. */
  readonly url: string;
  /** A fresh single-use link that signs the owner in. */
  signInLink(): Promise<string>;
  /** Runs the pipeline, after whatever run is under way. */
  run(order: RunOrder, watcher: RunWatcher, trigger?: RunTrigger): Promise<RunSummary>;
  /** Whatever the schedule missed while nobody served is caught up. Settles when that is done. */
  catchUp(): Promise<void>;
  /** A run is under way, or waits for one that is. */
  readonly running: boolean;
  /** Ends it: no more requests, no more runs; one that is under way is waited for. The home stays open. */
  close(): Promise<void>;
}

const dashboardFolder = fileURLToPath(new URL("../../../dashboard/dist", import.meta.url));

/**
 * Serves the dashboard and its API on a home that this process owns, opens the door for other commands, and runs the pipeline by
 * the schedule.
 *
 * @throws SettingError when the port is taken, or a setting of the server is wrong.
 */
export async function startServer(
  home: Home,
  { sample, note, beforeScheduledRun = async () => undefined, now = () => new Date() }: ServerOptions,
): Promise<RunningServer> {
  const { settings } = home;
  const store = openSqliteAccess({ path: join(home.folder, "access.sqlite") });
  const closing: (() => Promise<void>)[] = [() => store.close()];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const signIn = new SignIn({ store, keys: home.keys, now: () => now().getTime() });
    const operations = new OwnOperations(home, () => void api.ahead.start());
    const schedule = new Schedule({
      settings,
      lastRunAt: () => lastRunAt(home),
      run: () => scheduledRun(operations, beforeScheduledRun, note),
      now,
    });
    closing.push(() => operations.settled());
    closing.push(async () => schedule.stop());
    let scheduled = (await sourceOf(home)) !== undefined;

    // The port is known only once it is bound, and the addresses need the port.
    const server = createAdaptorServer({ fetch: (request: Request) => api.app.fetch(request) });
    const port = await listen(server, settings.host, settings.port);
    closing.push(() => stopListening(server));
    const origins = originsOf(settings, port);
    const api = createApi({
      warehouse: home.warehouse,
      signIn,
      sample,
      origins,
      schedule: () => ({
        running: operations.running,
        nextRunAt: scheduled ? schedule.nextRunAt : null,
        words: scheduled ? schedule.words : null,
      }),
      dashboardFolder: existsSync(join(dashboardFolder, "index.html")) ? dashboardFolder : null,
      log: (entry) => note(describeFailure(entry)),
    });

    closing.push(() => api.ahead.close());
    void api.ahead.start();

    const url = origins[0] ?? "";
    const signInLink = async () => `${url}/sign-in?token=${await signIn.issueLink()}`;
    const door = await openDoor({ operations, signInLink });
    closing.push(() => door.close());
    await home.ownership.announce({ port: door.port, token: door.token });
    return {
      url,
      signInLink,
      get running() {
        return operations.running;
      },
      run: async (order, watcher, trigger) => {
        const summary = await operations.run(order, watcher, trigger);
        scheduled = true;
        return summary;
      },
      catchUp: async () => {
        if (scheduled) await schedule.runIfDue();
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function lastRunAt({ warehouse }: Home): Promise<Date | null> {
  const [row] = await warehouse.query<{ started_at: string | null }>("select max(started_at) as started_at from runs");
  return row?.started_at ? new Date(`${row.started_at.replace(" ", "T")}Z`) : null;
}

async function scheduledRun(
  operations: OwnOperations,
  prepare: () => Promise<void>,
  note: ServerOptions["note"],
): Promise<void> {
  try {
    await prepare();
    const watcher: RunWatcher = { onProgress() {}, onProblem: ({ message, next }) => note(`${message} ${next}`) };
    const { status, files, rows, durationMs } = await operations.run({}, watcher, "schedule");
    note(`Scheduled run ${status}: ${files.loaded} files, ${rows.loaded} receipts in ${Math.round(durationMs)} ms.`);
  } catch (error) {
    const words =
      error instanceof InfinityError ? `${error.message} ${error.next}` : "Something went wrong inside Infinity.";
    note(`The scheduled run failed. ${words}`);
  }
}

function describeFailure({ id, status, method, path, error, stack }: FailureEntry): string {
  return `Error ${id}: ${method} ${path} answered ${status} (${error}).${stack ? `\n${stack}` : ""}`;
}
