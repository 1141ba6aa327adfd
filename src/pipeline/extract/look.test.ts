import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFolder } from "#adapters/storage/folder.ts";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { Look, listenForNews } from "./look.ts";

let root: string;
let warehouse: Warehouse;
const modifiedAt = 1_700_000_000_000;
const now = () => new Date(modifiedAt + 60_000);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "look-"));
  for (const day of ["01", "02", "03"]) {
    mkdirSync(join(root, "tills", day), { recursive: true });
    for (const name of ["leeds.csv", "york.csv", "notes.txt"]) write(join(root, "tills", day, name), modifiedAt);
  }
  warehouse = await openDuckdb({ path: join(root, "warehouse.duckdb"), readableFolders: [], memoryMegabytes: 200 });
  await warehouse.migrate();
});

afterAll(async () => {
  await warehouse.close();
  rmSync(root, { recursive: true });
});

function write(path: string, time: number): void {
  writeFileSync(path, "x");
  utimesSync(path, time / 1000, time / 1000);
}

function begin(keys?: string[]): Look {
  return new Look({ source: openFolder(join(root, "tills")), now }, keys);
}

test("whoever listens to a look is told of everything, whether it was found before or after", async () => {
  const begun = begin();
  const told: string[] = [];
  begun.follow((objects) => told.push(...objects.map(({ key }) => key)));
  const { objects, begunAt } = await begun.listing;
  expect(begunAt).toEqual(now());
  expect(told.sort()).toEqual(objects.map(({ key }) => key));

  const over = begin();
  await over.listing;
  const toldLater: string[] = [];
  over.follow((some) => toldLater.push(...some.map(({ key }) => key)));
  expect(toldLater.sort()).toEqual(told);
  expect(told).toHaveLength(9);
});

test("a look at some keys lists those that are there, each once", async () => {
  const { objects } = await begin(["02/york.csv", "02/york.csv", "09/york.csv"]).listing;
  expect(objects).toEqual([{ key: "02/york.csv", size: 1, modifiedAt }]);
});

test("there is news of every till file that is later than all that the ledger knows, and of no other", async () => {
  const news = async () => {
    const told: number[] = [];
    const look = begin();
    const answered = listenForNews(look, warehouse, (files) => told.push(files));
    await Promise.all([answered, look.listing]);
    expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
    return told.at(-1) ?? 0;
  };
  expect(await news()).toBe(6);
  await warehouse.transact([
    {
      sql: `insert into files (
              file_id, source_id, key, version, seen_version, size_bytes, modified_ms, content_hash, transform_version, status,
              is_current, rows_read, rows_loaded, rows_quarantined, items, total_pence, unreconciled, last_transaction_id,
              loaded_at, run_id
            )
            values (
              1, 1, 'a.csv', 1, 1, 1, $modified_ms, 'hash', 'one', 'loaded', true, 0, 0, 0, 0, 0, 0, 0, timestamp '2024-01-01 00:00:00', 'run'
            )`,
      params: { modified_ms: modifiedAt },
    },
  ]);
  expect(await news()).toBe(0);
  write(join(root, "tills", "03", "notes.txt"), modifiedAt + 1000);
  expect(await news()).toBe(0);
  write(join(root, "tills", "01", "york.csv"), modifiedAt + 1000);
  expect(await news()).toBe(1);
});
