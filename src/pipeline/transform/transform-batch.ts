import { createHash, createSecretKey, randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type BatchManifest, batchPrefix, batchTableKey, batchTables, manifestKey } from "#core/batch.ts";
import { TransientError } from "#core/errors.ts";
import type { FilePointer, LoadMessage, TransformMessage } from "#core/messages.ts";
import type { Keys } from "#core/ports/keys.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";
import type { KnownFormat } from "#feed/formats/read-formats.ts";
import { damageInBatch } from "./damage-in-batch.ts";
import { TransformEngine } from "./engine.ts";
import { type Inspection, inspectFile } from "./inspect-file.ts";
import { makeTables, type TransformedFile, transformFiles } from "./transform-files.ts";
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
  const scratch = join(await context.clean.scratch(), randomUUID());
  const inspecting = inspectFiles(message.files, context);
  // The engine is made while the files are looked at.
  const reach = inspecting.then(({ files }) => [scratch, ...foldersOf(files)]);
  const opening = TransformEngine.open(reach, (engine) => makeTables(engine, context.dayStartsAt));
  const [inspected, opened] = await Promise.allSettled([inspecting, opening]);
  if (inspected.status === "rejected") throw inspected.reason;
  const { files, waiting } = inspected.value;
  try {
    if (opened.status === "rejected") throw opened.reason;
    const version = transformVersion(context.formats, context.dayStartsAt);
    const prefix = batchPrefix(contentName(message.sourceUrl, files, version));
    if (!(await isWhole(context.clean, prefix))) {
      await writeTables(opened.value, prefix, { files, scratch }, context);
    }
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
    if (opened.status === "fulfilled") opened.value.close();
    for (const file of files) await file.release();
  }
}

/** Hardly ever is a batch there already: then it is read, since whatever is damaged can still be made anew. */
async function isWhole(clean: Storage, prefix: string): Promise<boolean> {
  return (await clean.stat(manifestKey(prefix))) !== undefined && (await damageInBatch(clean, prefix)) === undefined;
}

/** Where the files lie that are read at all. */
function foldersOf(files: readonly InspectedFile[]): string[] {
  return [...new Set(files.filter(({ path }) => path !== "").map(({ path }) => dirname(path)))];
}

/** Names a batch by what it holds, so that the same work has the same place. */
function contentName(sourceUrl: string, files: readonly InspectedFile[], version: string): string {
  const hash = createHash("sha256").update(`${version}\n${sourceUrl}\n`);
  for (const { pointer, contentHash } of files) hash.update(`${pointer.key}\n${pointer.version}\n${contentHash}\n`);
  return hash.digest("hex").slice(0, 32);
}

/** Files looked at side by side: a bucket takes a few hundredths of a second for each thing it is asked. */
const inspectedAtOnce = 8;

async function inspectFiles(
  pointers: readonly FilePointer[],
  context: TransformContext,
): Promise<{ files: InspectedFile[]; waiting: string[] }> {
  const contentKey = createSecretKey(await context.keys.get("contents"));
  const files: InspectedFile[] = [];
  const waiting: string[] = [];
  try {
    for (let start = 0; start < pointers.length; start += inspectedAtOnce) {
      const some = pointers.slice(start, start + inspectedAtOnce);
      const found = await Promise.allSettled(some.map((pointer) => inspect(pointer, contentKey, context)));
      for (const [index, result] of found.entries()) {
        if (result.status === "rejected") continue;
        if (result.value) files.push(result.value);
        else waiting.push(some[index]?.key ?? "");
      }
      const failed = found.find((result) => result.status === "rejected");
      if (failed) throw failed.reason;
    }
  } catch (error) {
    for (const file of files) await file.release();
    throw error;
  }
  return { files, waiting };
}

/** The file as it was seen; undefined once it has changed since. */
async function inspect(
  pointer: FilePointer,
  contentKey: ReturnType<typeof createSecretKey>,
  { source, formats, largestFile }: TransformContext,
): Promise<InspectedFile | undefined> {
  if (!(await isAsSeen(source, pointer))) return undefined;
  if (pointer.size > largestFile) {
    return { ...tooLarge(pointer, contentKey), pointer, path: "", release: async () => undefined };
  }
  const bytes = await source.read(pointer.key);
  if (bytes.length !== pointer.size) return undefined;
  return { ...inspectFile(bytes, formats, contentKey), pointer, ...(await source.localise(pointer.key)) };
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

async function writeTables(
  engine: TransformEngine,
  prefix: string,
  { files, scratch }: { files: readonly InspectedFile[]; scratch: string },
  context: TransformContext,
): Promise<void> {
  const { clean, source, now } = context;
  await mkdir(scratch, { recursive: true });
  try {
    const paths = await transformFiles(engine, files.map(asTransformed(source)), {
      scratch,
      customerKeys: await context.keys.chain("customers"),
      suppressed: context.suppressed,
      now: now(),
      async afterScan() {
        for (let start = 0; start < files.length; start += inspectedAtOnce) {
          const some = files.slice(start, start + inspectedAtOnce);
          const same = await Promise.all(some.map(({ pointer }) => isAsSeen(source, pointer)));
          const changed = some[same.indexOf(false)];
          if (!changed) continue;
          throw new TransientError(
            `${changed.pointer.key} changed while it was read.`,
            "The batch will be tried again.",
          );
        }
      },
    });
    for (const table of batchTables) await clean.adopt(batchTableKey(prefix, table), paths[table]);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function asTransformed(source: Storage): (file: InspectedFile) => TransformedFile {
  return ({ pointer, ...file }) => ({
    ...file,
    ...pointer,
    text: async () => (await source.read(pointer.key)).toString("utf8"),
  });
}
