import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunSummary } from "#core/run-summary.ts";
import { readSettings } from "#core/settings.ts";
import { type Home, openHome } from "#entry/home/open-home.ts";
import { runOnce } from "#entry/operations/run-once.ts";
import type { ExpectedFile } from "#feed/generate/delivery.ts";
import { generateSample } from "#feed/generate/generate-sample.ts";
import type { SampleLedger } from "#feed/generate/ledger.ts";

/** What became of a file, in the words of the ledger. */
async function outcome(home: Home, key: string): Promise<ExpectedFile> {
  const [file] = await home.warehouse.query<{ file_id: number; status: ExpectedFile["status"]; reason: string | null }>(
    "select file_id, status, reason from files where key = $key order by version desc",
    { key },
  );
  if (!file) throw new Error(`${key} is not in the warehouse`);
  const [receipts] = await home.warehouse.query<{ n: number; pence: number; unreconciled: number }>(
    `select count(*) as n, cast(coalesce(sum(total_pence), 0) as bigint) as pence,
       cast(coalesce(sum(case when reconciled then 0 else 1 end), 0) as bigint) as unreconciled
     from transactions where file_id = $file`,
    { file: file.file_id },
  );
  const refused = await home.warehouse.query<{ reason: string; n: number }>(
    `select reason, count(*) as n from quarantine
     where file_id = $file and row_number is not null group by reason order by reason`,
    { file: file.file_id },
  );
  const unreconciled = Number(receipts?.unreconciled);
  return {
    key,
    status: file.status,
    ...(file.reason && { reason: file.reason as NonNullable<ExpectedFile["reason"]> }),
    rowsLoaded: Number(receipts?.n),
    rowsQuarantined: refused.reduce((sum, { n }) => sum + Number(n), 0),
    ...(refused.length > 0 && { reasons: Object.fromEntries(refused.map(({ reason, n }) => [reason, Number(n)])) }),
    ...(unreconciled > 0 && { unreconciled }),
    pence: Number(receipts?.pence),
  };
}

describe.each(["A", "B", "C"])("a sample with faults of shape %s, once the pipeline has run over it", (shape) => {
  const folder = mkdtempSync(join(tmpdir(), "planted-faults-"));
  let ledger: SampleLedger;
  let home: Home;
  let summary: RunSummary;

  beforeAll(async () => {
    const source = join(folder, "tills");
    // Thirteen cafés see every kind of fault within five weeks.
    const sample = { cafes: 13, days: 35, until: "2026-03-31", receipts: 45, seed: "a test", shape, faults: true };
    ({ ledger } = await generateSample({ ...sample, out: source }));
    const flags = { home: join(folder, "home"), source };
    home = await openHome(readSettings({ flags, environment: {}, folder }), "a test");
    summary = await runOnce(home, { trigger: "command", days: {}, addSource: false });
  });

  afterAll(async () => {
    await home.close();
    rmSync(folder, { recursive: true });
  });

  it("ends as its ledger says, fault by fault and file by file", async () => {
    expect(ledger.faults.length).toBeGreaterThan(18);
    for (const { kind, files } of ledger.faults) {
      for (const expected of files)
        expect({ kind, ...(await outcome(home, expected.key)) }).toEqual({ kind, ...expected });
    }
  });

  it("has finished its run and looked at every file", () => {
    expect(summary.status).toBe("completed");
    expect(summary.files.discovered).toBe(ledger.totals.files);
    const expected = ledger.faults.flatMap(({ files }) => files);
    for (const status of ["duplicate", "superseded", "quarantined"] as const) {
      expect(summary.files[status]).toBe(expected.filter((file) => file.status === status).length);
    }
  });

  it("counts every receipt that should count, to the penny, and no other", async () => {
    const [counted] = await home.warehouse.query<{ receipts: number; pence: number }>(
      "select count(*) as receipts, cast(sum(total_pence) as bigint) as pence from transactions",
    );
    const { countedReceipts: receipts, countedPence: pence } = ledger.totals;
    expect({ receipts: Number(counted?.receipts), pence: Number(counted?.pence) }).toEqual({ receipts, pence });
  });
});
