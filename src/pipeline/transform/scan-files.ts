import { InfinityError } from "#core/errors.ts";
import type { Reason } from "#core/reasons.ts";
import type { KnownFormat } from "#feed/formats/read-formats.ts";
import { columnMeanings } from "#feed/formats/till-format.ts";
import { type CarefulRow, readCarefully } from "./careful-rows.ts";
import { type Params, readStageSql, sqlText, type TransformEngine } from "./engine.ts";
import { longestLine } from "./inspect-file.ts";

/** A file of the batch whose rows are to be scanned. */
export interface ScannableFile {
  fileNo: number;
  /** Where the engine can read it. */
  path: string;
  format: KnownFormat;
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

/**
 * Puts every row of the files into `scanned`: plain files many at a time, strictly; doubtful ones one by one, carefully.
 * A file that the strict scan stumbles over is found by halving and read carefully, so that it spoils no other file.
 */
export async function scanFiles(engine: TransformEngine, files: readonly ScannableFile[], now: Date): Promise<void> {
  const scan = readStageSql("02-scan");
  const careful: ScannableFile[] = files.filter(needsCare);
  const plain = Map.groupBy(
    files.filter((file) => !needsCare(file)),
    (file) => file.format,
  );

  let receiptsBefore = 0;
  const scanRows = async (format: KnownFormat, rows: string, params: Params): Promise<void> => {
    await engine.run(scan.replace("{{rows}}", rows), {
      ...formatParams(format, now),
      receipts_before: receiptsBefore,
      ...params,
    });
    const [scanned] = await engine.rows<{ rows: number }>(
      "select cast(max(receipt_no) as integer) as rows from scanned",
    );
    receiptsBefore = scanned?.rows ?? receiptsBefore;
  };

  const scanPlainly = async (format: KnownFormat, group: readonly ScannableFile[]): Promise<void> => {
    try {
      await scanRows(format, plainRows(format), {
        file_nos: group.map(({ fileNo }) => fileNo),
        paths: group.map(({ path }) => path),
      });
    } catch (error) {
      const [first] = group;
      if (group.length > 1) {
        const half = group.length >> 1;
        await scanPlainly(format, group.slice(0, half));
        await scanPlainly(format, group.slice(half));
      } else if (first) {
        careful.push(first);
      } else {
        throw error;
      }
    }
  };
  for (const [format, group] of plain) await scanPlainly(format, group);
  careful.push(...(await takeBackMiscounted(engine, [...plain.values()].flat(), careful)));
  for (const file of careful) await scanCarefully(engine, file, scanRows);
}

/** The rows of a doubtful file; undefined when not even the careful reader can take it, because of what is in it. */
async function carefulRowsOf(file: ScannableFile): Promise<CarefulRow[] | undefined> {
  try {
    return readCarefully(await file.text(), file.format.columns.length, file.cutShort).slice(headerRows(file.format));
  } catch (error) {
    // Ours are about the store or the engine, and may pass; others would come again every time.
    if (error instanceof InfinityError) throw error;
    return undefined;
  }
}

function needsCare({ doubtful, path }: ScannableFile): boolean {
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
    "select file_no, cast(count(*) as integer) as n from scanned group by file_no",
  );
  const rowsOf = new Map(counts.map(({ file_no, n }) => [file_no, n]));
  const miscounted = scanned.filter(
    (file) => !alreadyCareful.includes(file) && (rowsOf.get(file.fileNo) ?? 0) !== file.lines - headerRows(file.format),
  );
  if (miscounted.length > 0) {
    await engine.run("delete from scanned where list_contains($file_nos, file_no)", {
      file_nos: miscounted.map(({ fileNo }) => fileNo),
    });
  }
  return miscounted;
}

type ScanRows = (format: KnownFormat, rows: string, params: Params) => Promise<void>;

async function scanCarefully(engine: TransformEngine, file: ScannableFile, scanRows: ScanRows): Promise<void> {
  const { format, fileNo } = file;
  const rows = await carefulRowsOf(file);
  if (rows === undefined) {
    const refusal = "file_unreadable" satisfies Reason;
    await engine.run("update batch_files set reason = $reason where file_no = $file_no", {
      file_no: fileNo,
      reason: refusal,
    });
    return;
  }
  await engine.run("update batch_files set read_carefully = true, header_rows = 0 where file_no = $file_no", {
    file_no: fileNo,
  });
  for (const chunk of chunksOf(rows)) {
    const split = chunk.flatMap(({ row, cells }) => (Array.isArray(cells) ? [{ row, cells }] : []));
    const unsplit = chunk.flatMap(({ row, cells }) => (Array.isArray(cells) ? [] : [{ row, reason: cells }]));
    await scanRows(format, carefulRows(format), { file_no: fileNo, rows: JSON.stringify(split) });
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

/** Rows of the format that are not receipts. */
export function headerRows(format: KnownFormat): number {
  return format.header === "first-row" ? 1 : 0;
}

/** The rows of many plain files, read strictly: the dialect is fixed, since a guessed one can drop good rows. */
function plainRows(format: KnownFormat): string {
  const columns = format.columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  return `(
    select list_extract($file_nos, cast(file_index as integer) + 1) as file_no, row_number() over () as scan_order, ${cells(format, (index) => `c${index}`)}
    from read_csv($paths, auto_detect = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '',
      header = ${headerRows(format) === 1}, strict_mode = true, null_padding = false, columns = {${columns}},
      max_line_size = ${longestLine}, buffer_size = ${longestLine * 4})
  )`;
}

function carefulRows(format: KnownFormat): string {
  return `(
    select $file_no as file_no, entry.row as scan_order, ${cells(format, (index) => `entry.cells[${index + 1}]`)}
    from (select unnest(from_json($rows, '[{"row":"BIGINT","cells":"VARCHAR[]"}]')) as entry)
  )`;
}

/** One expression for each meaning a column can have; null for those the till does not write. */
function cells(format: KnownFormat, cell: (index: number) => string): string {
  return columnMeanings
    .filter((meaning) => meaning !== "skip")
    .map((meaning) => {
      const index = format.columns.indexOf(meaning);
      return `${index === -1 ? "cast(null as varchar)" : cell(index)} as "${meaning}"`;
    })
    .join(", ");
}

/** Receipts dated later than tomorrow are wrong: a day's grace covers clocks and time zones. */
const graceMs = 24 * 60 * 60 * 1000;

function formatParams(format: KnownFormat, now: Date): Params {
  const words = (list: readonly string[]) => list.map((word) => word.toUpperCase());
  return {
    time_formats: format.time.formats,
    card_words: words(format.payment.CARD),
    cash_words: words(format.payment.CASH),
    card_has_type: format.card === "type-and-number",
    latest_time: new Date(now.getTime() + graceMs),
    refunds: format.refunds,
  };
}

/** A list literal of a Parquet copy. Paths cannot be bound there. */
export function copyTo(view: string, path: string): string {
  return `copy (select * from ${view}) to ${sqlText(path)} (format parquet)`;
}
