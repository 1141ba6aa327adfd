import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { SignIn } from "#access/sign-in.ts";
import { openSqliteAccess } from "#adapters/access/sqlite.ts";
import { createApi } from "#api/create-api.ts";
import { metricDefinitions } from "#api/metric-definitions.ts";
import { openAccess, openKeeper } from "#entry/home/choose-adapters.ts";
import { openLambdaApi } from "#entry/lambda/api.ts";
import { readDirectory } from "#metrics/directory.ts";
import { matrixOf, readHoldings } from "../metrics/matrix.ts";
import { latte, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";
import { cloudKeys, deliverAll } from "./cloud.ts";
import { history } from "./history.ts";
import { closeAfterwards, openRig, type Rig, warehouses } from "./rig.ts";

vi.setConfig({ testTimeout: 400_000 });

// Logs and figures are for CloudWatch; both are set up as the handlers are read.
vi.hoisted(() => {
  process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
  process.env.POWERTOOLS_METRICS_DISABLED = "true";
});

const cards = ["4000000000000002", "5555555555554444"];

type App = Awaited<ReturnType<typeof openLambdaApi>>["app"];

/** Some weeks earlier, without which there are no figures of customers: baskets of two kinds, and people who come again. */
const earlier = ["2026-01-05", "2026-01-19", "2026-02-02", "2026-02-23"].flatMap((date, index) =>
  ["Leeds", "Longridge", "Uppingham"].map((cafe, place) => {
    const breakfast = { ...latte(cafe, `${date} 08:00`, cards[(index + place) % 2]) };
    const cake = { name: "Frappes", flavour: "Strawberries & Cream", pence: 275 + index };
    const receipts = [{ ...breakfast, lines: [...breakfast.lines, cake] }, latte(cafe, `${date} 13:00`)];
    return [`${date}/${cafe}.csv`, shapes.list(receipts)] as const;
  }),
);

/** Signs in; what asks as whoever did. */
async function enter(app: App, signIn: SignIn) {
  const headers = { host: "infinity.example" };
  const entered = await app.request(`https://infinity.example/sign-in?token=${await signIn.issueLink()}`, { headers });
  expect(entered.status).toBe(303);
  const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
  return async (path: string) => {
    const response = await app.request(`https://infinity.example${path}`, { headers: { ...headers, cookie } });
    return { status: response.status, body: await response.json() };
  };
}

/** The API function of a cloud, as if it had just been started. */
async function enterCloud({ cloud }: Rig) {
  const settings = cloud.settings(join(cloud.folder, "api-home"));
  const api = await openLambdaApi(settings);
  closeAfterwards(api);
  const store = await openAccess({ ...settings, records: settings.records ?? "" });
  return await enter(api.app, new SignIn({ store, keys: await openKeeper(settings) }));
}

/** The API of a tracker on one machine. */
async function enterEmbedded({ warehouse, folder, context }: Tracker) {
  const store = openSqliteAccess({ path: join(folder, "access.sqlite") });
  closeAfterwards(store);
  const signIn = new SignIn({ store, keys: context.keys });
  const { app } = createApi({
    ...{ warehouse, signIn, sample: false, dashboardFolder: null },
    origins: ["https://infinity.example"],
    schedule: () => ({ running: false, nextRunAt: null, words: null }),
    log: () => undefined,
  });
  return await enter(app as unknown as App, signIn);
}

/** Of the matrix: places, periods and comparisons of each kind, and what is asked of no period. */
const frames = /^(?:chain, week, compare week|café, day, compare none|region, month, compare year)|^(?!.*compare)/;

/** Every metric there is, with every choice it offers, by the paths to ask it at. */
async function questionsOf({ warehouse }: Tracker): Promise<Map<string, string[]>> {
  const holdings = await readHoldings(warehouse, await readDirectory(warehouse));
  return new Map(
    metricDefinitions.map((definition) => [
      definition.metric.name,
      matrixOf(definition, holdings)
        .filter(({ what }) => frames.test(what))
        .map(({ params }) => `${definition.path}?${new URLSearchParams(params)}`),
    ]),
  );
}

/** An answer without when it was loaded, which differs from clock to clock, and without what a refusal is found by in the log. */
function plain(answer: unknown): unknown {
  const differs = (name: string, value: unknown) =>
    typeof value === "string" && (/At$|^version$/.test(name) || /^[0-9A-F]{4}-[0-9A-F]{4}$/.test(value));
  return JSON.parse(JSON.stringify(answer, (name, value) => (differs(name, value) ? "another each time" : value)));
}

test.each(warehouses)(
  "every metric is answered from the snapshot as the embedded API answers it, and the next snapshot is noticed, on %s",
  async (_, options) => {
    // A round is a batch, in the order of its keys: what is loaded in the same order has the same ids.
    const rig = await openRig({ ...options, batchFiles: 20, publishes: true });
    const tracker = await openTracker({ keys: cloudKeys, batchFiles: 20 });
    closeAfterwards(tracker);
    const [first, askOwn] = [await enterCloud(rig), await enterEmbedded(tracker)];
    expect((await first("/api/metrics/sales")).status).toBe(404);
    const rounds = [earlier, ...history];
    for (const round of rounds) {
      for (const [key, content] of [...round].sort(([one], [other]) => (one < other ? -1 : 1))) {
        await rig.cloud.upload(key, content);
        await tracker.deliver(key, content);
      }
      await rig.functions.extract({});
      await deliverAll(rig.cloud, rig.functions);
      await tracker.run();
      const ask = await enterCloud(rig);
      // Of what came earlier it is enough to see that it is there: the last round has all of it.
      const isLast = round === rounds.at(-1);
      for (const [metric, questions] of await questionsOf(tracker)) {
        if (!isLast && metric !== "deliveries" && metric !== "customers") continue;
        let answers = 0;
        for (const question of questions) {
          const [there, here] = await Promise.all([ask(question), askOwn(question)]);
          expect(plain(there), question).toEqual(plain(here));
          if (here.status === 200) answers += 1;
        }
        expect(answers, metric).toBeGreaterThan(0);
      }
    }
  },
);
