import { join } from "node:path";
import { type BatchTable, batchTables } from "#core/batch.ts";
import type { FilePointer } from "#core/messages.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";
import { readKeyHint } from "#feed/formats/key-hint.ts";
import { headerRows } from "#feed/formats/till-format.ts";
import { menuFlavours, productCategories } from "#feed/menu/categories.ts";
import { placeCafe } from "#feed/places/place-cafe.ts";
import { copyTo, type TransformEngine } from "./engine.ts";
import type { Inspection } from "./inspect-file.ts";
import { numberCustomers } from "./number-customers.ts";
import { grammarOf, type Layout, priceOf } from "./row-sources.ts";
import { inScanOrder, scanFiles } from "./scan-files.ts";

/** An inspected file of a batch. */
export interface TransformedFile extends Inspection, FilePointer {
  /** Where the engine can read it. */
  path: string;
  /** The whole text, for the careful reader. */
  text(): Promise<string>;
}

/**
 * Makes what the steps of a batch share, before anything is known of its files.
 *
 * @param dayStartsAt `HH:MM`
 */
export async function makeTables(engine: TransformEngine, dayStartsAt: string): Promise<void> {
  const [hours = 0, minutes = 0] = dayStartsAt.split(":").map(Number);
  await engine.runFile("01-tables", { day_starts_minutes: hours * 60 + minutes });
}

interface TransformOptions {
  /** A folder for the Parquet, which the engine can write to. */
  scratch: string;
  /** The keys that customers are numbered with, oldest first. */
  customerKeys: readonly Buffer[];
  /** Who is never to become a customer again. */
  suppressed: Pick<SuppressionList, "all">;
  now: Date;
  /** Called when every byte has been read: throws when some of them should not count. */
  afterScan(): Promise<void>;
}

/**
 * The whole of transform on one engine with its tables: rows of the files in, Parquet without personal data out. The engine's tables stay,
 * so that what became of a row can be looked up; `scanned` still holds names and cards.
 *
 * @returns where each table was written
 */
export async function transformFiles(
  engine: TransformEngine,
  batch: readonly TransformedFile[],
  { scratch, customerKeys, suppressed, now, afterScan }: TransformOptions,
): Promise<Record<BatchTable, string>> {
  const files = inScanOrder(batch);
  await registerFiles(engine, files);
  await engine.runFile("02-rows");
  await scanFiles(
    engine,
    files.flatMap((file, index) => {
      const { layout, refused, key } = file;
      return layout && !refused ? [{ ...file, layout, fileNo: index + 1, cafe: cafeOfFile(layout, key) }] : [];
    }),
    now,
  );
  await afterScan();
  await engine.runFile("03-cafes");
  const paths = Object.fromEntries(batchTables.map((table) => [table, join(scratch, `${table}.parquet`)])) as Record<
    BatchTable,
    string
  >;
  await sideBySide(
    engine.beside((other) => writeItems(other, paths.items)),
    numberCustomers(engine, customerKeys, suppressed),
  );
  await engine.runFile("05-receipts");
  await engine.run(copyTo("out_transactions", paths.transactions));
  await engine.runFile("06-outputs", {}, paths);
  for (const table of batchTables) {
    if (table !== "items" && table !== "transactions") await engine.run(copyTo(`out_${table}`, paths[table]));
  }
  return paths;
}

/** Waits for all of the work, also where some of it fails: the engine must not be closed below the rest. */
async function sideBySide(...work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

/** Reads the baskets, and places the cafés, which needs no customers either: lines go out as Parquet, what they cost is kept for the receipts. */
async function writeItems(engine: TransformEngine, path: string): Promise<void> {
  await registerMenu(engine);
  await engine.runFile("04-lines");
  await placeCafes(engine);
  await engine.runFile("04-line-dictionary");
  // Receipt numbers are far more than a dictionary is good for: to collect them in vain takes a quarter of the writing.
  await engine.run(copyTo("out_items", path, { dictionaryLimit: 2000 }));
}

/** The café of a file whose rows do not say it: the format's own, or what the key names. Empty where there is none. */
function cafeOfFile({ format: { cafe } }: Layout, key: string): string {
  if (cafe === "column") return "";
  if ("constant" in cafe) return cafe.constant;
  return (cafe.key.exec(key)?.groups?.cafe ?? "").replaceAll("_", " ").trim();
}

async function registerFiles(engine: TransformEngine, files: readonly TransformedFile[]): Promise<void> {
  const rows = files.map(
    ({ key, version, size, modifiedAt, contentHash, layout, firstCafe, refused, detail }, index) => {
      const hint = readKeyHint(key);
      const format = layout?.format;
      const cafe = layout ? cafeOfFile(layout, key) : "";
      return {
        file_no: index + 1,
        key,
        version,
        size_bytes: size,
        modified_ms: Math.trunc(modifiedAt),
        content_hash: contentHash,
        format: format?.name ?? null,
        basket_grammar: format ? grammarOf(format) : null,
        has_prices: format ? priceOf(format) !== "none" : true,
        reason: refused ?? null,
        detail: detail ?? null,
        key_cafe: cafe || hint.cafe,
        key_date: hint.date,
        first_cafe: cafe || (firstCafe ?? ""),
        header_rows: format ? headerRows(format) : 0,
        numbered_in_file: false,
      };
    },
  );
  await engine.run(
    `insert into batch_files
     select entry.* from (select unnest(from_json($rows, '[{
       "file_no":"INTEGER","key":"VARCHAR","version":"BIGINT","size_bytes":"BIGINT","modified_ms":"BIGINT",
       "content_hash":"VARCHAR","format":"VARCHAR","basket_grammar":"VARCHAR","has_prices":"BOOLEAN","reason":"VARCHAR",
       "detail":"VARCHAR","key_cafe":"VARCHAR","key_date":"DATE","first_cafe":"VARCHAR","header_rows":"INTEGER","numbered_in_file":"BOOLEAN"
     }]')) as entry)`,
    { rows: JSON.stringify(rows) },
  );
}

/** Looks up each distinct café once; there are never many. */
async function placeCafes(engine: TransformEngine): Promise<void> {
  const cafes = await engine.rows<{ name: string }>("select name from cafes");
  const placements = cafes.map(({ name }) => ({ name, ...placeCafe(name) }));
  await engine.run(
    `create table cafe_placements as
     select entry.* from (select unnest(from_json($rows, '[{
       "name":"VARCHAR","region":"VARCHAR","country":"VARCHAR","latitude":"DOUBLE","longitude":"DOUBLE","placed":"BOOLEAN"
     }]')) as entry)`,
    { rows: JSON.stringify(placements) },
  );
}

async function registerMenu(engine: TransformEngine): Promise<void> {
  const menu = Object.entries(productCategories).map(([name, category]) => ({ name, category }));
  await engine.run(
    `create table menu_categories as
     select entry.* from (select unnest(from_json($rows, '[{"name":"VARCHAR","category":"VARCHAR"}]')) as entry)`,
    { rows: JSON.stringify(menu) },
  );
  await engine.run("create table menu_flavours as select unnest($flavours) as flavour", { flavours: menuFlavours });
}
