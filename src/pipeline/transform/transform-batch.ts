import { createHash, createSecretKey, randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type BatchManifest,
  type BatchTable,
  batchPrefix,
  batchTableKey,
  batchTables,
  manifestKey,
} from "#core/batch.ts";
import { TransientError } from "#core/errors.ts";
import type { FilePointer, LoadMessage, TransformMessage } from "#core/messages.ts";
import type { Keys } from "#core/ports/keys.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";
import type { Reason } from "#core/reasons.ts";
import { readKeyHint } from "#feed/formats/key-hint.ts";
import type { KnownFormat } from "#feed/formats/read-formats.ts";
import { menuFlavours, productCategories } from "#feed/menu/categories.ts";
import { placeCafe } from "#feed/places/place-cafe.ts";
import { sqlText, TransformEngine } from "./engine.ts";
import { type Inspection, inspectFile } from "./inspect-file.ts";
import { numberCustomers } from "./number-customers.ts";
import { copyTo, headerRows, type ScannableFile, scanFiles } from "./scan-files.ts";
import { transformVersion } from "./transform-version.ts";

export interface TransformContext {
  source: Storage;
  clean: Storage;
  keys: Keys;
  /** Who is never to become a customer again. */
  suppressed: Pick<SuppressionList, "all">;
  formats: readonly KnownFormat[];
  /** `HH:MM`: receipts before this local time belong to the business day before. */
  dayStartsAt: string;
  /** A file of more bytes is refused unread. */
  largestFile: number;
  now(): Date;
}

interface InspectedFile extends Inspection {
  pointer: FilePointer;
  path: string;
  release(): Promise<void>;
}

/**
 * Turns the till files of one batch into Parquet without personal data in the clean store: recognise, clean, validate,
 * take names and cards out. Rows and files that do not fit are set aside with a reason. The same files give the same
 * batch, so doing it twice changes nothing.
 *
 * @throws TransientError when a file changed while it was read, or the engine failed.
 */
export async function transformBatch(message: TransformMessage, context: TransformContext): Promise<LoadMessage> {
  const { files, waiting } = await inspectFiles(message.files, context);
  try {
    const version = transformVersion(context.formats, context.dayStartsAt);
    const prefix = batchPrefix(contentName(message.sourceUrl, files, version));
    if ((await context.clean.stat(manifestKey(prefix))) === undefined) await writeTables(prefix, files, context);
    // The manifest comes last: a batch without one was never finished. A batch that is there already gets a new one, since
    // a rebuild loads batches in the order in which they were last asked for.
    await writeManifest(prefix, context.clean, {
      sourceUrl: message.sourceUrl,
      runId: message.runId,
      transformedAt: context.now().getTime(),
      transformVersion: version,
      files: files.map(({ pointer, contentHash }) => ({ key: pointer.key, version: pointer.version, contentHash })),
      waiting,
    });
    return { runId: message.runId, batchId: message.batchId, sourceUrl: message.sourceUrl, prefix };
  } finally {
    for (const file of files) await file.release();
  }
}

/** Names a batch by what it holds, so that the same work has the same place. */
function contentName(sourceUrl: string, files: readonly InspectedFile[], version: string): string {
  const hash = createHash("sha256").update(`${version}\n${sourceUrl}\n`);
  for (const { pointer, contentHash } of files) hash.update(`${pointer.key}\n${pointer.version}\n${contentHash}\n`);
  return hash.digest("hex").slice(0, 32);
}

async function inspectFiles(
  pointers: readonly FilePointer[],
  { source, formats, keys, largestFile }: TransformContext,
): Promise<{ files: InspectedFile[]; waiting: string[] }> {
  const contentKey = createSecretKey(await keys.get("contents"));
  const files: InspectedFile[] = [];
  const waiting: string[] = [];
  for (const pointer of pointers) {
    if (!(await isAsSeen(source, pointer))) {
      waiting.push(pointer.key);
      continue;
    }
    if (pointer.size > largestFile) {
      files.push({ ...tooLarge(pointer, contentKey), pointer, path: "", release: async () => undefined });
      continue;
    }
    const bytes = await source.read(pointer.key);
    if (bytes.length !== pointer.size) {
      waiting.push(pointer.key);
      continue;
    }
    files.push({ ...inspectFile(bytes, formats, contentKey), pointer, ...(await source.localise(pointer.key)) });
  }
  return { files, waiting };
}

/** A file too large to read is known by its place and size: its bytes are never hashed. */
function tooLarge({ key, size }: FilePointer, contentKey: ReturnType<typeof createSecretKey>): Inspection {
  const inspection = inspectFile(Buffer.from(`${key}\n${size}`), [], contentKey);
  return { ...inspection, refused: "file_too_large" };
}

/** False once a file has changed since extract listed it: the next run will list it as it is then. */
async function isAsSeen(source: Storage, { key, size, modifiedAt }: FilePointer): Promise<boolean> {
  const object = await source.stat(key);
  return object !== undefined && object.size === size && object.modifiedAt === modifiedAt;
}

async function writeManifest(prefix: string, clean: Storage, manifest: BatchManifest): Promise<void> {
  const path = join(await clean.scratch(), `${randomUUID()}.json`);
  await writeFile(path, JSON.stringify(manifest));
  await clean.adopt(manifestKey(prefix), path);
}

async function writeTables(prefix: string, files: readonly InspectedFile[], context: TransformContext): Promise<void> {
  const { clean, source, now } = context;
  const scratch = join(await clean.scratch(), randomUUID());
  await mkdir(scratch, { recursive: true });
  const folders = new Set([scratch, ...files.map(({ path }) => path.slice(0, path.lastIndexOf("/")))]);
  const engine = await TransformEngine.open([...folders].filter((folder) => folder !== ""));
  try {
    await engine.runFile("01-tables", { day_starts_minutes: minutesOf(context.dayStartsAt) });
    await registerFiles(engine, files);
    await scanFiles(engine, scannable(files, context), now());
    for (const { pointer } of files) {
      if (!(await isAsSeen(source, pointer))) {
        throw new TransientError(`${pointer.key} changed while it was read.`, "The batch will be tried again.");
      }
    }
    await numberCustomers(engine, await context.keys.chain("customers"), context.suppressed);
    await registerMenu(engine);
    await engine.runFile("04-lines");
    await placeCafes(engine);
    const paths = Object.fromEntries(batchTables.map((table) => [table, join(scratch, `${table}.parquet`)]));
    const write = (table: BatchTable) => engine.run(copyTo(`out_${table}`, paths[table] ?? ""));
    await writeItems(engine, paths.items ?? "");
    await engine.runFile("05-receipts", {}, paths);
    await write("transactions");
    await engine.runFile("06-outputs", {}, paths);
    for (const table of batchTables) if (table !== "items" && table !== "transactions") await write(table);
    for (const table of batchTables) await clean.adopt(batchTableKey(prefix, table), paths[table] ?? "");
  } finally {
    engine.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Receipts that are enough to learn what line texts mean, as a rule. */
const sampledReceipts = 20_000;

async function writeItems(engine: TransformEngine, path: string): Promise<void> {
  const [batch] = await engine.rows<{ receipts: number }>("select cast(count(*) as integer) as receipts from scanned");
  const oneIn = Math.max(1, Math.floor((batch?.receipts ?? 0) / sampledReceipts));
  for (const sampled_one_in of oneIn > 1 ? [oneIn, 1] : [1]) {
    await engine.runFile("04-line-dictionary", { sampled_one_in });
    await engine.run(copyTo("out_items", path));
    const [unknown] = await engine.rows<{ lines: number }>(
      `select cast(count(*) - count(product_no) as integer) as lines from read_parquet(${sqlText(path)})`,
    );
    if (unknown?.lines === 0) return;
  }
}

function scannable(files: readonly InspectedFile[], { source }: TransformContext): ScannableFile[] {
  return files.flatMap(({ format, refused, pointer, path, lines, doubtful, cutShort }, index) =>
    format && !refused
      ? [
          {
            fileNo: index + 1,
            path,
            format,
            lines,
            doubtful,
            cutShort,
            text: async () => (await source.read(pointer.key)).toString("utf8"),
          },
        ]
      : [],
  );
}

async function registerFiles(engine: TransformEngine, files: readonly InspectedFile[]): Promise<void> {
  const rows = files.map(({ pointer, contentHash, format, refused }, index) => {
    const hint = readKeyHint(pointer.key);
    return {
      file_no: index + 1,
      key: pointer.key,
      version: pointer.version,
      size_bytes: pointer.size,
      modified_ms: Math.trunc(pointer.modifiedAt),
      content_hash: contentHash,
      format: format?.name ?? null,
      basket_grammar: format?.basket ?? null,
      reason: (refused ?? null) satisfies Reason | null,
      key_cafe: hint.cafe,
      key_date: hint.date,
      header_rows: format ? headerRows(format) : 0,
      read_carefully: false,
    };
  });
  await engine.run(
    `insert into batch_files
     select entry.* from (select unnest(from_json($rows, '[{
       "file_no":"INTEGER","key":"VARCHAR","version":"BIGINT","size_bytes":"BIGINT","modified_ms":"BIGINT",
       "content_hash":"VARCHAR","format":"VARCHAR","basket_grammar":"VARCHAR","reason":"VARCHAR","key_cafe":"VARCHAR","key_date":"DATE",
       "header_rows":"INTEGER","read_carefully":"BOOLEAN"}]')) as entry)`,
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

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}
