import type { Reason } from "#core/reasons.ts";
import { headerRows } from "#feed/formats/till-format.ts";
import { type Params, readStageSql, type TransformEngine } from "./engine.ts";
import { formatParams, grammarOf, type Layout, plainRows } from "./row-sources.ts";
import { type ScanRows, scanCarefully } from "./scan-carefully.ts";
import { leavesOut } from "./settle-rows.ts";

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
 * Puts every row of the files into `scanned`, with their lines as numbers: plain files many at a time, strictly; doubtful ones row by row, carefully.
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
  const scanRows: ScanRows = async ({ format }, rows, params, ofSmallFiles = false) => {
    const scan = readStageSql(format.basket === "rows" ? "02-scan-item-rows" : "02-scan-receipts").replace(
      "{{materialized}}",
      ofSmallFiles ? "materialized" : "not materialized",
    );
    const run = (from: string) =>
      engine.run(withRows(scan, from), {
        ...formatParams(format, now),
        receipts_before: receiptsBefore,
        ...params,
      });
    await (leavesOut(format) ? withoutSkipped(engine, rows, params, run) : run(rows));
    const [scanned] = await engine.rows<{ rows: number }>(
      "select cast(coalesce(max(receipt_no), 0) as integer) as rows from scanned",
    );
    receiptsBefore = scanned?.rows ?? receiptsBefore;
  };

  await learnTexts(engine, [...plain.values()]);
  for (const group of plain.values()) {
    const stumbled = await inHalves(group, (files) =>
      scanRows(layoutOf(files), plainRows(layoutOf(files)), plainParams(files), areSmall(files)),
    );
    careful.push(...stumbled);
  }
  careful.push(...(await takeBackMiscounted(engine, [...plain.values()].flat(), careful)));
  for (const group of Map.groupBy(careful, ({ layout }) => scannedTogether(layout)).values()) {
    await scanCarefully(engine, group, scanRows);
  }
  if (files.some(({ layout }) => layout.format.basket === "rows")) {
    await engine.runFile("02-receipts-of-rows", { receipts_before: receiptsBefore });
  }
}

/** A scan of the rows. They are put in as they stand: a pattern of the format's may hold what `replace` takes for a sign of its own. */
function withRows(scan: string, rows: string): string {
  return scan.replace("{{rows}}", () => rows);
}

/** Rows of a file, on average, up to which it pays to put those of several together: with five hundred it is hardly worth the memory. */
const rowsOfSmallFile = 300;

function areSmall(files: readonly ScannableFile[]): boolean {
  return files.reduce((sum, { lines }) => sum + lines, 0) <= files.length * rowsOfSmallFile;
}

/** Scans those of the rows that are sales, and notes the others. */
async function withoutSkipped(
  engine: TransformEngine,
  rows: string,
  params: Params,
  scan: (rows: string) => Promise<void>,
): Promise<void> {
  await engine.run(`create or replace temp table told_rows as select * from ${rows}`, params);
  await scan("(select * from told_rows where not is_skipped)");
  await engine.run("insert into skipped_rows select file_no, scan_order from told_rows where is_skipped");
  await engine.run("drop table told_rows");
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
      engine.run(withRows(sample, plainRows(layoutOf(files))), {
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
     from (select file_no from scanned union all select file_no from item_rows union all select file_no from skipped_rows) as rows
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
    await engine.run("delete from skipped_rows where list_contains($file_nos, file_no)", { file_nos });
  }
  return miscounted;
}
