import { InfinityError } from "#core/errors.ts";
import type { Reason } from "#core/reasons.ts";
import { headerRows } from "#feed/formats/till-format.ts";
import { type CarefulRow, readCarefully } from "./careful-rows.ts";
import { type Params, readStageSql, type TransformEngine } from "./engine.ts";
import { carefulRows, formatParams, grammarOf, type Layout, plainRows } from "./row-sources.ts";
import { type SettledRows, settleRows } from "./settle-rows.ts";

/** A file of the batch whose rows are to be scanned. */
export interface ScannableFile {
  fileNo: number;
  /** Where the engine can read it. */
  path: string;
  layout: Layout;
  /** The café, where the rows do not say it; else empty. */
  cafe: string;
  /** Lines in the file, header included. */
  lines: number;
  doubtful: boolean;
  cutShort: boolean;
  /** The whole text, for the careful reader. */
  text(): Promise<string>;
}

/** Rows, and characters, sent to the engine at once by the careful reader. */
const chunkRows = 5000;
const chunkLength = 4_000_000;

/** The files in such an order that those which can be scanned together follow one another, and may be numbered in a row. */
export function inScanOrder<
  File extends Pick<ScannableFile, "path" | "doubtful"> & { layout?: Layout; refused?: Reason },
>(files: readonly File[]): File[] {
  const groups = Map.groupBy(files, (file) =>
    file.layout && !file.refused && !needsCare(file) ? scannedTogether(file.layout) : "others",
  );
  return [...groups.values()].flat();
}

/** Names what files must have in common to be scanned together. */
function scannedTogether({ format, columns }: Layout): string {
  return `${format.name} ${columns.join()}`;
}

/**
 * Puts every row of the files into `scanned`, with their lines as numbers: plain files many at a time, strictly; doubtful ones one by one, carefully.
 * A file that the strict scan stumbles over is found by halving and read carefully, so that it spoils no other file.
 *
 * @param files numbered {@link inScanOrder}
 */
export async function scanFiles(engine: TransformEngine, files: readonly ScannableFile[], now: Date): Promise<void> {
  const careful: ScannableFile[] = files.filter(needsCare);
  const plain = Map.groupBy(
    files.filter((file) => !needsCare(file)),
    ({ layout }) => scannedTogether(layout),
  );

  let receiptsBefore = 0;
  const scanRows = async ({ format }: Layout, rows: string, params: Params): Promise<void> => {
    const scan = readStageSql(format.basket === "rows" ? "02-scan-item-rows" : "02-scan-receipts");
    await engine.run(scan.replace("{{rows}}", rows), {
      ...formatParams(format, now),
      receipts_before: receiptsBefore,
      ...params,
    });
    const [scanned] = await engine.rows<{ rows: number }>(
      "select cast(coalesce(max(receipt_no), 0) as integer) as rows from scanned",
    );
    receiptsBefore = scanned?.rows ?? receiptsBefore;
  };

  await learnTexts(engine, [...plain.values()]);
  for (const group of plain.values()) {
    const stumbled = await inHalves(group, (files) =>
      scanRows(layoutOf(files), plainRows(layoutOf(files)), plainParams(files)),
    );
    careful.push(...stumbled);
  }
  careful.push(...(await takeBackMiscounted(engine, [...plain.values()].flat(), careful)));
  for (const file of careful) await scanCarefully(engine, file, scanRows);
  if (files.some(({ layout }) => layout.format.basket === "rows")) {
    await engine.runFile("02-receipts-of-rows", { receipts_before: receiptsBefore });
  }
}

/** Receipts that are enough to learn what tills write on lines, as a rule: a tenth of them, within these bounds. */
const mostSampled = 20_000;
const fewestSampled = 2000;

/** Reads some files of each group for the texts of their lines, so that the scan can keep numbers instead. */
async function learnTexts(engine: TransformEngine, groups: readonly (readonly ScannableFile[])[]): Promise<void> {
  await engine.runFile("02-line-texts");
  const sample = readStageSql("02-sample-texts");
  for (const group of groups) {
    const { format } = layoutOf(group);
    if (format.basket === "rows") continue;
    const receipts = group.reduce((sum, { lines }) => sum + lines, 0);
    const sampled = Math.min(mostSampled, Math.max(fewestSampled, receipts / 10));
    const oneIn = Math.ceil(receipts / sampled);
    // Files that follow one another are of one café: some of each are read.
    const some = group.filter((_, index) => index % oneIn === 0);
    await inHalves(some, (files) =>
      engine.run(sample.replace("{{rows}}", plainRows(layoutOf(files))), {
        ...plainParams(files),
        basket_grammar: grammarOf(format),
        most_rows: Math.ceil(2 * sampled),
      }),
    );
  }
  await engine.runFile("02-known-texts");
}

/** Does the work for all of the files, or where it fails, for halves of them, and so on. Returns those it failed for alone. */
async function inHalves(
  files: readonly ScannableFile[],
  work: (some: readonly ScannableFile[]) => Promise<void>,
): Promise<readonly ScannableFile[]> {
  try {
    await work(files);
    return [];
  } catch {
    if (files.length <= 1) return files;
    const half = files.length >> 1;
    return [...(await inHalves(files.slice(0, half), work)), ...(await inHalves(files.slice(half), work))];
  }
}

function layoutOf(group: readonly ScannableFile[]): Layout {
  const [first] = group;
  if (!first) throw new RangeError("files that are scanned together are at least one");
  return first.layout;
}

function plainParams(files: readonly ScannableFile[]): Params {
  return {
    first_file_no: files[0]?.fileNo ?? 0,
    paths: files.map(({ path }) => path),
    cafes: files.map(({ cafe }) => cafe),
  };
}

/** The rows of a doubtful file; undefined when not even the careful reader can take it, because of what is in it. */
async function carefulRowsOf(file: ScannableFile): Promise<SettledRows | undefined> {
  try {
    const { format, columns } = file.layout;
    const rows = readCarefully(await file.text(), { ...file, columns: columns.length, delimiter: format.delimiter });
    return settleRows(rows, file.layout);
  } catch (error) {
    // Ours are about the store or the engine, and may pass; others would come again every time.
    if (error instanceof InfinityError) throw error;
    return undefined;
  }
}

function needsCare({ doubtful, path }: Pick<ScannableFile, "doubtful" | "path">): boolean {
  // The engine would take these characters for a pattern.
  return doubtful || /[*?[\]{}]/.test(path);
}

/** A quoted line end, or a quote left open, shows as fewer rows than lines. Those files are read again, carefully. */
async function takeBackMiscounted(
  engine: TransformEngine,
  scanned: readonly ScannableFile[],
  alreadyCareful: readonly ScannableFile[],
): Promise<ScannableFile[]> {
  const counts = await engine.rows<{ file_no: number; n: number }>(
    `select file_no, cast(count(*) as integer) as n
     from (select file_no from scanned union all select file_no from item_rows) as rows
     group by file_no`,
  );
  const rowsOf = new Map(counts.map(({ file_no, n }) => [file_no, n]));
  const miscounted = scanned.filter(
    (file) =>
      !alreadyCareful.includes(file) && (rowsOf.get(file.fileNo) ?? 0) !== file.lines - headerRows(file.layout.format),
  );
  if (miscounted.length > 0) {
    const file_nos = miscounted.map(({ fileNo }) => fileNo);
    await engine.run("delete from scanned_rows where list_contains($file_nos, file_no)", { file_nos });
    await engine.run("delete from item_rows where list_contains($file_nos, file_no)", { file_nos });
  }
  return miscounted;
}

type ScanRows = (layout: Layout, rows: string, params: Params) => Promise<void>;

async function scanCarefully(engine: TransformEngine, file: ScannableFile, scanRows: ScanRows): Promise<void> {
  const { layout, fileNo, cafe } = file;
  const settled = await carefulRowsOf(file);
  if (settled === undefined) {
    const refusal = "file_unreadable" satisfies Reason;
    await engine.run("update batch_files set reason = $reason where file_no = $file_no", {
      file_no: fileNo,
      reason: refusal,
    });
    return;
  }
  await engine.run("update batch_files set numbered_in_file = true, header_rows = 0 where file_no = $file_no", {
    file_no: fileNo,
  });
  if (settled.skipped.length > 0) {
    await engine.run("insert into skipped_rows select $file_no, unnest($rows)", {
      file_no: fileNo,
      rows: settled.skipped,
    });
  }
  for (const chunk of chunksOf(settled.rows)) {
    const split = chunk.flatMap(({ row, cells }) => (Array.isArray(cells) ? [{ row, cells }] : []));
    const unsplit = chunk.flatMap(({ row, cells }) => (Array.isArray(cells) ? [] : [{ row, reason: cells }]));
    await scanRows(layout, carefulRows(layout), { file_no: fileNo, cafe, rows: JSON.stringify(split) });
    await engine.run(
      `insert into unsplit_rows
       select $file_no, entry.row, entry.reason
       from (select unnest(from_json($rows, '[{"row":"INTEGER","reason":"VARCHAR"}]')) as entry)`,
      { file_no: fileNo, rows: JSON.stringify(unsplit) },
    );
  }
}

function* chunksOf(rows: readonly CarefulRow[]): Generator<CarefulRow[]> {
  let chunk: CarefulRow[] = [];
  let length = 0;
  for (const row of rows) {
    chunk.push(row);
    length += Array.isArray(row.cells) ? row.cells.reduce((sum, cell) => sum + cell.length, 0) : 0;
    if (chunk.length < chunkRows && length < chunkLength) continue;
    yield chunk;
    chunk = [];
    length = 0;
  }
  if (chunk.length > 0) yield chunk;
}
