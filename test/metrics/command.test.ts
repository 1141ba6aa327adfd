import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { metricDefinitions } from "#api/metric-definitions.ts";
import { readSettings } from "#core/settings.ts";
import { findServer } from "#entry/home/with-home.ts";
import { readDirectory } from "#metrics/directory.ts";
import { type Answer, cleanEnvironment, infinity, program } from "../command.ts";
import { type Holdings, matrixOf, readHoldings } from "./matrix.ts";

// One home of made-up cafés: what its API says while it is served, the command line must say too, served or not.

let folder: string;
let home: string;
let holdings: Holdings;

// A few processes one after another, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const run = (...words: string[]) => infinity(words, { INFINITY_HOME: home }, folder);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "metric-command-"));
  home = join(folder, "home");
  const options = ["--cafes", "5", "--days", "40", "--receipts", "8", "--until", "2026-03-03", "--faults"];
  await run("generate", "--out", "tills", ...options);
  await run("run", "--source", "tills", "--json");
  const warehouse = await openWarehouse();
  holdings = await readHoldings(warehouse, await readDirectory(warehouse));
  await warehouse.close();
  await serveAndAsk();
});

afterAll(() => rm(folder, { recursive: true }));

interface Said {
  /** As the API has them. */
  params: Record<string, string>;
  json: string;
  csv: string;
  /** The same, of the command line's operations, from the process that serves. */
  throughServe: { json: string; csv: string };
}

/** What each metric said over HTTP, and through the door. */
const said = new Map<string, Said>();

const openWarehouse = () =>
  openDuckdb({ path: join(home, "warehouse.duckdb"), readableFolders: [], memoryMegabytes: 256 });

/** Does something while another process serves the home. */
async function whileServed(work: (served: { url: string; signInLink: string }) => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, [program, "serve", "--port", "0", "--json"], {
    env: cleanEnvironment({ INFINITY_HOME: home }),
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await work(await announced(child));
  } finally {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
}

function serveAndAsk(): Promise<void> {
  return whileServed(async ({ url, signInLink }) => {
    const entered = await fetch(signInLink, { redirect: "manual" });
    const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
    const operations = await findServer(readSettings({ flags: { home }, environment: {} }));
    if (!operations) throw new Error("Nobody serves this home.");
    for (const definition of metricDefinitions) {
      const { metric, path } = definition;
      const get = (params: Record<string, string>) =>
        fetch(`${url}${path}?${new URLSearchParams(params)}`, { headers: { cookie } });
      const params = await answeredOf(definition, get);
      // As it was sent: text() would take the byte order mark of a CSV file away.
      const asked = async (more: Record<string, string>) =>
        Buffer.from(await (await get({ ...params, ...more })).arrayBuffer()).toString();
      const asCommand = (more: Record<string, string>) => {
        const { cafe, ...others } = params;
        const cafes = cafe === undefined ? [] : [cafe];
        return operations.metric({ metric: metric.name, params: { ...others, ...more }, cafes });
      };
      said.set(metric.name, {
        params,
        json: await asked({}),
        csv: await asked({ format: "csv" }),
        throughServe: { json: await asCommand({}), csv: await asCommand({ format: "csv" }) },
      });
    }
  });
}

/** A question of the matrix that the metric answers: of a region, with one of its own parameters, where it has some. */
async function answeredOf(
  definition: (typeof metricDefinitions)[number],
  get: (params: Record<string, string>) => Promise<Response>,
): Promise<Record<string, string>> {
  const queries = matrixOf(definition, holdings).filter(({ what }) => !/day|year/.test(what) || !/compare/.test(what));
  const preferred = queries.toSorted(
    (one, other) =>
      Number(other.what.startsWith("region")) - Number(one.what.startsWith("region")) ||
      other.own.length - one.own.length,
  );
  for (const { params } of preferred) if ((await get(params)).status === 200) return params;
  throw new Error(`${definition.metric.name} answers nothing of the matrix.`);
}

async function announced(child: ChildProcess): Promise<{ url: string; signInLink: string }> {
  let printed = "";
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    if (printed.trimEnd().endsWith("}")) return JSON.parse(printed);
  }
  throw new Error("The server ended before it served.");
}

function flagsOf(params: Record<string, string>): string[] {
  return Object.entries(params).flatMap(([name, value]) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value,
  ]);
}

test.each(metricDefinitions.map(({ metric }) => metric.name))(
  "infinity metric %s says to the byte what the API says, with serve and without",
  async (name) => {
    const { params, json, csv, throughServe } = said.get(name) as Said;
    expect(throughServe).toEqual({ json, csv });
    const alone = await run("metric", name, ...flagsOf(params), "--json");
    expect(alone).toEqual({ code: 0, stderr: "", stdout: `${json}\n` });
  },
);

/** Words for a person, and no answer. */
function expectRefusal(answer: Answer, words: RegExp): void {
  expect(answer).toMatchObject({ code: 1, stdout: "" });
  expect(answer.stderr).toMatch(words);
  expect(answer.stderr).not.toMatch(/\n\s+at |node:internal|Error:|undefined|\[object/);
}

test("--csv is the file that the API exports", async () => {
  const { params, csv } = said.get("products") as Said;
  const { stdout } = await run("metric", "products", ...flagsOf(params), "--csv");
  // Reading a process's text takes the byte order mark away.
  expect(stdout).toBe(csv.replace(/^\uFEFF/, ""));
  const falling = await run("metric", "products", "--csv", "--table", "falling", "--to", "2026-03-02");
  expect(falling.stdout).toMatch(/^name,flavour,category,/);
});

test("without a name, and as `infinity metrics`, it lists every question", async () => {
  const listed = await run("metric");
  for (const { metric } of metricDefinitions) {
    expect(listed.stdout).toContain(metric.name);
    expect(listed.stdout).toContain(metric.question);
  }
  expect((await run("metrics")).stdout).toBe(listed.stdout);
  expect(JSON.parse((await run("metrics", "--json")).stdout)).toEqual(
    metricDefinitions.map(({ metric: { name, question } }) => ({ name, question })),
  );
});

test("a café may be named in any spelling, or by its id, and a region in any case", async () => {
  const cafe = holdings.cafes[2];
  if (!cafe) throw new Error("There are five cafés.");
  const ask = async (...words: string[]) =>
    (await run("metric", "deliveries", "--to", "2026-03-02", "--json", ...words)).stdout;
  const byId = await ask("--cafe", String(cafe.cafeId));
  expect(JSON.parse(byId).cafes).toMatchObject([{ cafeId: cafe.cafeId, name: cafe.name }]);
  expect(await ask("--cafe", cafe.name.toUpperCase())).toBe(byId);
  expect(await ask("--region", cafe.region.toUpperCase())).toBe(await ask("--region", cafe.region));
  const [one, other] = holdings.cafes.map(({ name }) => name);
  expect(await ask("--cafe", `${one},${other}`)).toBe(await ask("--cafe", `${other}`, "--cafe", `${one}`));
});

test("a person reads the question, the days, how far they can be trusted, and a table in pounds", async () => {
  const { stdout, code } = await run("metric", "sales", "--from", "2026-02-24", "--to", "2026-03-02");
  expect(code).toBe(0);
  const { json } = said.get("sales") as Said;
  expect(Object.keys(JSON.parse(json).measures)).toContain("averageSpend");
  expect(stdout).toMatch(/^How did the cafés do/);
  expect(stdout).toMatch(/^Tue 24 Feb 2026 to Mon 2 Mar 2026, like for like against Tue 17 Feb 2026 to /m);
  expect(stdout).toMatch(/^Delivered: \d+ of \d+ café-days; \d+\.\d % of receipts add up/m);
  expect(stdout).toMatch(/^sales +£[\d,]+\.\d\d +[+-]\d+\.\d % *$/m);
  expect(stdout).toMatch(/^averageSpend +£\d\.\d\d +[+-]/m);
  expect(stdout).toMatch(/^identifiedShare +\d+\.\d % +[+-]\d+\.\d points *$/m);
});

test("what cannot be asked is refused in words", async () => {
  expectRefusal(
    await run("metric", "prodcts", "--limit", "3"),
    /^There is no metric "prodcts"\. Did you mean products\?/,
  );
  expectRefusal(
    await run("metric", "products", "--limit", "0"),
    /^--limit: a whole number from 1 to 500\. `infinity metric products --help`/,
  );
  expectRefusal(
    await run("metric", "sales", "--from", "2030-01-01"),
    /^The data runs from .* to 2026-03-03; there is none/,
  );
  expectRefusal(await run("metric", "sales", "--from", "soon"), /^--from: a date such as 2026-03-03\./);
  expectRefusal(await run("metric", "sales", "--to", "2026-02-31"), /^--to: a date such as 2026-03-03\./);
  expectRefusal(await run("metric", "sales", "--region", "Atlantis"), /^No café is in a region called "Atlantis"/);
  expectRefusal(await run("metric", "sales", "--cafe", "Nowhere at all"), /^No café is called "Nowhere at all"\./);
  expectRefusal(await run("metric", "sales", "--cafe", "99"), /^No café is called "99"\./);
  expectRefusal(
    await run("metric", "sales", "--table", "bottom"),
    /no list "bottom"\. It has: comparisons, measures, benchmarks\./,
  );
  for (const form of [[], ["--csv"]])
    expectRefusal(
      await run("metric", "sales", "--table", "__proto__", ...form),
      /no list.* It has: comparisons, measures/,
    );
  expectRefusal(await run("metric", "receipt", "--receipt", "999999999"), /^There is nothing here by that name\./);
});

test("infinity audit passes a sound warehouse, and ends with 1 and the rows for one that is not", async () => {
  expect(await run("audit")).toMatchObject({ code: 0, stdout: "Every roll-up is what the receipts add up to.\n" });
  expect(await run("audit", "--json")).toMatchObject({ code: 0, stdout: "[]\n" });
  const warehouse = await openWarehouse();
  await warehouse.transact([{ sql: "update hourly_sales set total_pence = total_pence + 1 where hour = 9" }]);
  await warehouse.close();
  const failed = await run("audit", "--json");
  expect(failed.code).toBe(1);
  expect(JSON.parse(failed.stdout)).toMatchObject([
    { name: "hourly-sales", rows: Array.from({ length: 10 }, () => ({ hour: 9 })) },
  ]);
  expect(failed.stderr).toMatch(/^The warehouse does not pass its audit: hourly-sales\. `infinity rebuild`/);
  expect((await run("audit")).stdout).toMatch(/^hourly-sales, the first rows that differ:/);
});

test("what nobody foresaw is told in words that fit a question, here and through serve", async () => {
  const warehouse = await openWarehouse();
  await warehouse.transact([{ sql: "alter table location_days rename to elsewhere" }]);
  await warehouse.close();
  const words = / \(\w+\)\. Try the same again: nothing is done twice\. If it happens every time, tell /;
  expectRefusal(await run("metric", "sales"), words);
  await whileServed(async () => expectRefusal(await run("metric", "sales"), words));
});
