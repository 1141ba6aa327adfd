import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Storage } from "#core/ports/storage.ts";
import { type Reason, reasons } from "#core/reasons.ts";
import { builtInFormats } from "#feed/formats/read-formats.ts";
import { transformBatch } from "#pipeline/transform/transform-batch.ts";
import { cases, itemTill, keyOf, unreadable } from "./fault-cases.ts";
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
