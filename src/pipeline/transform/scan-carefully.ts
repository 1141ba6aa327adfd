import { InfinityError } from "#core/errors.ts";
import type { Reason } from "#core/reasons.ts";
import type { KnownFormat } from "#feed/formats/read-formats.ts";
import { isHeaderOf, rowsLookedAt } from "#feed/formats/recognise.ts";
import { headerRows } from "#feed/formats/till-format.ts";
import { type CarefulRow, readCarefully } from "./careful-rows.ts";
import type { Params, TransformEngine } from "./engine.ts";
import { carefulRows, type Layout } from "./row-sources.ts";
import type { ScannableFile } from "./scan-files.ts";
import { asksOtherRows } from "./settle-rows.ts";

/** Runs the scan of one layout over rows, by the SQL that gives them; those of small files are put together first. */
export type ScanRows = (layout: Layout, rows: string, params: Params, ofSmallFiles?: boolean) => Promise<void>;

/** Rows, and characters of them, that go to the engine at once. */
const portionRows = 5000;
const portionLength = 4_000_000;

/** A row with its file's number, as the engine is told of it. */
interface PlacedRow {
  file_no: number;
  row: number;
  cafe: string;
  cells: string[];
}

/**
 * Reads doubtful files row by row and hands their rows to the scan, those of several files at once: a statement costs as much to
 * plan as the rows of a café's day to work off.
 *
 * @param files of one layout
 */
export async function scanCarefully(
  engine: TransformEngine,
  files: readonly ScannableFile[],
  scanRows: ScanRows,
): Promise<void> {
  const [first] = files;
  if (!first) return;
  const { layout } = first;
  const keepsFilesWhole = asksOtherRows(layout);
  const read: number[] = [];
  const unreadable: number[] = [];
  const unsplit: { file_no: number; row: number; reason: Reason }[] = [];
  const skipped: { file_no: number; row: number }[] = [];
  let portion: PlacedRow[] = [];
  let length = 0;
  const isFull = () => portion.length >= portionRows || length >= portionLength;
  const handOver = async () => {
    if (portion.length > 0) await scanRows(layout, carefulRows(layout), { rows: JSON.stringify(portion) });
    portion = [];
    length = 0;
  };
  for (const file of files) {
    const { fileNo: file_no, cafe } = file;
    const found = await carefulRowsOf(file);
    (found ? read : unreadable).push(file_no);
    for (const row of found?.above ?? []) skipped.push({ file_no, row });
    for (const { row, cells } of found?.rows ?? []) {
      if (!Array.isArray(cells)) {
        unsplit.push({ file_no, row, reason: cells });
        continue;
      }
      portion.push({ file_no, row, cafe, cells });
      length += cells.reduce((sum, cell) => sum + cell.length, 0);
      if (!keepsFilesWhole && isFull()) await handOver();
    }
    if (isFull()) await handOver();
  }
  await handOver();
  await noteRows(engine, { read, unreadable, unsplit, skipped });
}

/** The rows of a doubtful file; undefined when not even the careful reader can take it, because of what is in it. */
async function carefulRowsOf(file: ScannableFile): Promise<BelowHeader | undefined> {
  try {
    const { format, columns } = file.layout;
    const rows = readCarefully(await file.text(), { ...file, columns: columns.length, delimiter: format.delimiter });
    return belowHeader(rows, format);
  } catch (error) {
    // Ours are about the store or the engine, and may pass; others would come again every time.
    if (error instanceof InfinityError) throw error;
    return undefined;
  }
}

interface BelowHeader {
  rows: CarefulRow[];
  /** Places of what stands above the header. */
  above: number[];
}

function belowHeader(all: readonly CarefulRow[], format: KnownFormat): BelowHeader {
  const named = all.slice(0, rowsLookedAt).findIndex(({ cells }) => Array.isArray(cells) && isHeaderOf(cells, format));
  const above = Math.max(0, named);
  return { rows: all.slice(above + headerRows(format)), above: all.slice(0, above).map(({ row }) => row) };
}

interface Noted {
  /** Numbers of files whose rows bear their places already, and of those that nobody can read. */
  read: readonly number[];
  unreadable: readonly number[];
  unsplit: readonly { file_no: number; row: number; reason: Reason }[];
  skipped: readonly { file_no: number; row: number }[];
}

async function noteRows(engine: TransformEngine, { read, unreadable, unsplit, skipped }: Noted): Promise<void> {
  if (read.length > 0) {
    await engine.run(
      "update batch_files set numbered_in_file = true, header_rows = 0 where list_contains($file_nos, file_no)",
      { file_nos: read },
    );
  }
  if (unreadable.length > 0) {
    const reason = "file_unreadable" satisfies Reason;
    await engine.run("update batch_files set reason = $reason where list_contains($file_nos, file_no)", {
      reason,
      file_nos: unreadable,
    });
  }
  if (unsplit.length > 0) {
    await engine.run(
      `insert into unsplit_rows
       select entry.file_no, entry.row, entry.reason
       from (select unnest(from_json($rows, '[{"file_no":"INTEGER","row":"INTEGER","reason":"VARCHAR"}]')) as entry)`,
      { rows: JSON.stringify(unsplit) },
    );
  }
  if (skipped.length > 0) {
    await engine.run(
      `insert into skipped_rows
       select entry.file_no, entry.row
       from (select unnest(from_json($rows, '[{"file_no":"INTEGER","row":"INTEGER"}]')) as entry)`,
      { rows: JSON.stringify(skipped) },
    );
  }
}
