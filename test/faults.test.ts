import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TransientError } from "#core/errors.ts";
import type { Storage } from "#core/ports/storage.ts";
import { type Reason, reasons } from "#core/reasons.ts";
import { tellUnusuallySmall } from "#entry/operations/unusually-small.ts";
import { builtInFormats } from "#feed/formats/read-formats.ts";
import { transformBatch } from "#pipeline/transform/transform-batch.ts";
import { cases, itemTill, keyOf, unreadable } from "./fault-cases.ts";
import { latte, shapes } from "./till-fixtures.ts";
import { openTracker, type Tracker } from "./tracker.ts";

// Every fault a till file can have, all delivered on one morning: none may spoil another.

describe("a folder with a file for every fault", () => {
  let tracker: Tracker;

  beforeAll(async () => {
    tracker = await openTracker({ formats: [...builtInFormats(), itemTill] });
    for (const [what, { content }] of Object.entries(cases)) await tracker.deliver(keyOf(what), content);
    const { transformContext, context } = tracker;
    // What is behind this: a text longer than the longest string there can be.
    let reads = 0;
    const source: Storage = {
      ...transformContext.source,
      async read(key) {
        if (key === keyOf(unreadable) && ++reads > 1) throw new RangeError("Invalid string length");
        return context.source.read(key);
      },
    };
    const summary = await tracker.run({
      transform: (message) => transformBatch(message, { ...transformContext, source }),
    });
    expect(summary).toMatchObject({
      status: "completed",
      files: { discovered: Object.keys(cases).length, waiting: 0 },
    });
  });

  afterAll(() => tracker.close());

  test.each(Object.entries(cases))("%s", async (what, { outcome }) => {
    const ofFile = (table: string, columns: string) =>
      tracker.query(`select ${columns} from ${table}
        where file_id = (select file_id from files where key = '${keyOf(what)}') order by row_number`);
    const [file] = await tracker.query(
      `select status, reason, rows_loaded, rows_quarantined from files where key = '${keyOf(what)}'`,
    );
    const refused = (await ofFile("quarantine", "row_number, reason")).map(({ row_number, reason }) => [
      row_number,
      reason,
    ]);
    expect({
      file,
      loaded: (await ofFile("transactions", "row_number")).map(({ row_number }) => row_number),
      refused,
    }).toEqual({
      file: {
        status: outcome.status,
        reason: outcome.reason ?? null,
        rows_loaded: outcome.loaded?.length ?? 0,
        rows_quarantined: outcome.refused?.length ?? 0,
      },
      loaded: outcome.loaded ?? [],
      refused: outcome.reason === undefined ? (outcome.refused ?? []) : [[null, outcome.reason]],
    });
  });

  test("the warehouse adds up", async () => {
    expect(await tracker.audit()).toEqual([]);
  });

  test("every reason there is has been given", async () => {
    const given = await tracker.query<{ reason: Reason }>("select distinct reason from quarantine order by reason");
    expect(given.map(({ reason }) => reason)).toEqual(Object.keys(reasons).sort());
  });

  test("a refused row says its café, day and pounds only where good rows have the café and the cell could be read", async () => {
    const rows = await tracker.query(
      `select files.key, location_name is not null as cafe, business_date, quarantine.total_pence
       from quarantine join files using (file_id) where row_number is not null`,
    );
    const of = (what: string) => rows.find(({ key }) => key === keyOf(what));
    expect(of("an unknown payment")).toMatchObject({ cafe: true, business_date: "2026-03-02", total_pence: 215 });
    expect(of("a negative total")).toMatchObject({ cafe: true, business_date: "2026-03-02", total_pence: -215 });
    expect(of("a time in words")).toMatchObject({ cafe: true, business_date: null, total_pence: 215 });
    expect(of("no café")).toMatchObject({ cafe: false, business_date: "2026-03-02", total_pence: 215 });
    expect(of("a tenth of a penny")).toMatchObject({ cafe: true, total_pence: null });
  });
});

describe("a file that was cut off early in the day", () => {
  let tracker: Tracker;
  const mondays = ["2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23"];

  /** A café's day of 28 receipts; of it the first so many bytes, when it was cut off. */
  const day = (cafe: string, date: string, bytes?: number) =>
    shapes
      .list(Array.from({ length: 28 }, (_, minutes) => latte(cafe, `${date} 09:${String(minutes).padStart(2, "0")}`)))
      .slice(0, bytes);
  const deliver = (cafe: string, date: string, bytes?: number) =>
    tracker.deliver(`${date}-${cafe}.csv`, day(cafe, date, bytes));
  /** Runs, as the command does, and says what it told. */
  async function run(): Promise<{ loaded: number; told: string[] }> {
    const { runId, status, files } = await tracker.run();
    expect(status).toBe("completed");
    const told: string[] = [];
    await tellUnusuallySmall(tracker.warehouse, runId, ({ message, next }) => told.push(`${message} ${next}`));
    return { loaded: files.loaded, told };
  }

  beforeAll(async () => {
    tracker = await openTracker();
    for (const cafe of ["Leeds", "York", "Hull", "St Ives", "Bath"]) {
      for (const date of mondays) await deliver(cafe, date);
    }
    expect(await run()).toEqual({ loaded: 20, told: [] });
  });

  afterAll(() => tracker.close());

  test("is loaded with the rows it has, the torn one set aside, and its run says to look at it", async () => {
    await deliver("St Ives", "2026-03-02", 400);
    await deliver("Bath", "2026-03-02");
    expect(await run()).toEqual({
      loaded: 2,
      told: [
        "St Ives delivered 4 receipts for Mon 2 Mar 2026, far below its usual 28. Look whether its file was cut off; " +
          '`npx infinity why --cafe "St Ives" --date 2026-03-02` shows it.',
      ],
    });
    const refused = await tracker.query(
      "select quarantine.reason from quarantine join files using (file_id) where key = '2026-03-02-St Ives.csv'",
    );
    expect(refused).toEqual([{ reason: "row_cut_short" }]);
  });

  test("is told by the run that loaded it, not by those after it", async () => {
    await deliver("Bath", "2026-03-03");
    expect(await run()).toEqual({ loaded: 1, told: [] });
  });

  test("is one of many in one sentence, latest first, an empty file among them", async () => {
    await deliver("Leeds", "2026-03-09", 0);
    await deliver("York", "2026-03-02", 100);
    await deliver("Hull", "2026-03-02", 100);
    await deliver("Leeds", "2026-03-02", 100);
    expect(await run()).toEqual({
      loaded: 4,
      told: [
        "4 deliveries are far smaller than usual: Leeds for Mon 9 Mar 2026 (no receipts, usually 23), Hull for Mon 2 Mar 2026 " +
          "(1 receipt, usually 28), Leeds for Mon 2 Mar 2026 (1 receipt, usually 28) and 1 more. Look whether their files were " +
          "cut off; `npx infinity metric deliveries --from 2026-03-02 --to 2026-03-09 --table unusuallySmall` lists them.",
      ],
    });
  });

  test("is forgotten when the whole file comes", async () => {
    await deliver("York", "2026-03-02");
    await deliver("St Ives", "2026-03-02");
    expect(await run()).toEqual({ loaded: 2, told: [] });
  });

  test("spoils no run: where nobody can look, that is told", async () => {
    const away = new TransientError("The warehouse is away.", "Try again.");
    const told: unknown[] = [];
    await tellUnusuallySmall({ query: () => Promise.reject(away) }, "a run", (problem) => told.push(problem));
    expect(told).toEqual([away]);
  });
});
