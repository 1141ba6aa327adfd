import type { Warehouse } from "#core/ports/warehouse.ts";
import { type Reason, reasons } from "#core/reasons.ts";

/** What was set aside and waits to be mended. Money is pence. */
export interface Quarantine {
  rows: number;
  files: number;
  /** The totals of refused rows, as far as they could be read. */
  pence: number;
  reasons: QuarantinedReason[];
  /** The files concerned, those with the most at stake first. */
  affected: AffectedFile[];
}

interface AffectedFile {
  key: string;
  reason: Reason;
  rows: number;
  pence: number;
  /** null for a file that was refused whole. */
  firstRow: number | null;
  /** What is behind the reason, where there is more to say: of a file that no format reads, which comes nearest. */
  detail: string | null;
}

interface QuarantinedReason {
  reason: Reason;
  /** The reason in words. */
  meaning: string;
  rows: number;
  files: number;
  pence: number;
  /** Rows whose total could not be read: their pounds are not in `pence`. */
  rowsWithoutTotal: number;
}

/** Reads what is in quarantine, by reason and by file. */
export async function readQuarantine({ warehouse }: { warehouse: Warehouse }): Promise<Quarantine> {
  const found = await warehouse.query<Omit<QuarantinedReason, "meaning" | "rowsWithoutTotal"> & { unknown: number }>(
    `select reason, count(row_number) as rows, count(distinct file_id) as files,
       coalesce(sum(total_pence), 0) as pence, count(row_number) - count(total_pence) as unknown
     from quarantine
     group by reason
     order by pence desc, rows desc, reason`,
  );
  const affected = await warehouse.query<Omit<AffectedFile, "firstRow"> & { first_row: number | null }>(
    `select files.key, quarantine.reason, count(quarantine.row_number) as rows,
       coalesce(sum(quarantine.total_pence), 0) as pence, min(quarantine.row_number) as first_row,
       max(quarantine.detail) as detail
     from quarantine
     join files on files.file_id = quarantine.file_id
     group by files.key, quarantine.reason
     order by pence desc, rows desc, files.key, quarantine.reason`,
  );
  const whole = affected.filter(({ first_row: firstRow }) => firstRow === null).length;
  return {
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    files: whole,
    pence: found.reduce((sum, { pence }) => sum + pence, 0),
    reasons: found.map(({ unknown, ...group }) => ({
      ...group,
      meaning: reasons[group.reason],
      rowsWithoutTotal: unknown,
    })),
    affected: affected.map(({ first_row: firstRow, ...file }) => ({ ...file, firstRow })),
  };
}
