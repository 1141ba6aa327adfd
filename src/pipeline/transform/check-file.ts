import { createSecretKey, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Reason, type Remark, reasons, remarks } from "#core/reasons.ts";
import type { KnownFormat } from "#feed/formats/read-formats.ts";
import { sqlText, TransformEngine } from "./engine.ts";
import { inspectFile } from "./inspect-file.ts";
import { makeTables, transformFiles } from "./transform-files.ts";

/** A receipt as it would be loaded, with personal data masked. Money is pence. */
export interface CheckedReceipt {
  row: number;
  time: string;
  cafe: string;
  /** `J••• E•••`. */
  customer: string | null;
  /** `••••` where there is one. */
  card: string | null;
  payment: string;
  totalPence: number;
  reconciled: boolean;
  items: { size: string; name: string; flavour: string | null; pence: number | null }[];
}

/** What would become of a file. Nothing in it is personal. */
export interface FileCheck {
  /** The format that reads it; null where none does, and for an empty file. */
  format: { name: string; title: string } | null;
  counts: {
    rowsRead: number;
    receipts: number;
    refused: number;
    /** Rows that the format says are no sales, and what stands above the header. */
    skipped: number;
    items: number;
    totalPence: number;
  };
  /** The first few receipts. */
  receipts: CheckedReceipt[];
  /** Everything that would be set aside. `row` is null for the whole file. */
  problems: { row: number | null; reason: Reason; sentence: string; detail: string | null }[];
  /** What would be loaded and is worth a look. `text` is what could not be recognised. */
  remarks: { row: number; remark: Remark; sentence: string; text: string | null }[];
}

interface FileToCheck {
  /** Where the file lies, in full. */
  path: string;
  /** What the raw store would call it: a format may take the café from there. */
  key: string;
  bytes: Buffer;
}

interface CheckContext {
  formats: readonly KnownFormat[];
  dayStartsAt: string;
  now: Date;
}

const receiptsShown = 5;

/**
 * Says what would become of one file, without loading it: the very transform every batch goes through, into a folder that
 * is thrown away, with keys that are.
 */
export async function checkFile({ path, key, bytes }: FileToCheck, context: CheckContext): Promise<FileCheck> {
  const inspection = inspectFile(bytes, context.formats, createSecretKey(randomBytes(32)));
  const scratch = await mkdtemp(join(tmpdir(), "formats-check-"));
  const engine = await TransformEngine.open([dirname(path), scratch], (opened) =>
    makeTables(opened, context.dayStartsAt),
  );
  try {
    const file = { ...inspection, key, path, version: 1, size: bytes.length, modifiedAt: 0 };
    const paths = await transformFiles(engine, [{ ...file, text: async () => bytes.toString("utf8") }], {
      scratch,
      customerKeys: [randomBytes(32)],
      suppressed: { all: async () => [] },
      now: context.now,
      afterScan: async () => undefined,
    });
    const { layout } = inspection;
    return {
      format: layout ? { name: layout.format.name, title: layout.format.title } : null,
      ...(await readOutcome(engine, paths.items)),
    };
  } finally {
    engine.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function readOutcome(engine: TransformEngine, itemsPath: string): Promise<Omit<FileCheck, "format">> {
  const items = `read_parquet(${sqlText(itemsPath)})`;
  const [counts] = await engine.rows<FileCheck["counts"]>(
    `select rows_read as "rowsRead", rows_loaded as receipts, rows_quarantined as refused,
       (select cast(count(*) as integer) from skipped_rows) as skipped, items, cast(total_pence as double) as "totalPence"
     from out_files`,
  );
  const receipts = await engine.rows<Omit<CheckedReceipt, "items"> & { receipt_no: number }>(
    // Masked here, so that no name or card ever leaves the engine. What stands in the place of a name may be a card.
    `select
       receipt_no,
       row_number as row,
       strftime(out_transactions.occurred_at, '%Y-%m-%d %H:%M:%S') as time,
       cafes.name as cafe,
       array_to_string(
         [regexp_extract(word, '^\\pL') || '•••' for word in string_split_regex(trim(customer_text), '\\s+')][:4], ' '
       ) as customer,
       case when card_text <> '' then '••••' end as card,
       out_transactions.payment_method as payment,
       out_transactions.total_pence as "totalPence",
       reconciled
     from out_transactions
     join scanned using (receipt_no)
     join cafes using (cafe_no)
     order by row_number
     limit ${receiptsShown}`,
  );
  const lines = await engine.rows<CheckedReceipt["items"][number] & { receipt_no: number }>(
    `select receipt_no, size, name, flavour, price_pence as pence
     from ${items} join products using (product_no)
     where receipt_no in (select receipt_no from out_transactions order by row_number limit ${receiptsShown})
     order by receipt_no, line_number`,
  );
  const problems = await engine.rows<{ row: number | null; reason: Reason; detail: string | null }>(
    "select row_number as row, reason, detail from out_quarantine order by row_number",
  );
  const noticed = await engine.rows<{ row: number; remark: Remark; text: string | null }>(
    `select row_number as row, 'receipt_not_reconciled' as remark, null as text
     from out_transactions where not reconciled
     union all
     select row_number, 'item_unrecognised', flavour
     from ${items} join products using (product_no) join out_transactions using (receipt_no)
     where products.name = 'Unrecognised'
     order by all`,
  );
  return {
    counts: counts ?? { rowsRead: 0, receipts: 0, refused: 0, skipped: 0, items: 0, totalPence: 0 },
    receipts: receipts.map(({ receipt_no, ...receipt }) => ({
      ...receipt,
      items: lines
        .filter((line) => line.receipt_no === receipt_no)
        .map(({ size, name, flavour, pence }) => ({ size, name, flavour, pence })),
    })),
    problems: problems.map((problem) => ({ ...problem, sentence: reasons[problem.reason] })),
    remarks: noticed.map((remark) => ({ ...remark, sentence: remarks[remark.remark] })),
  };
}
