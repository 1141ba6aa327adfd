import { parse } from "csv-parse/sync";
import type { Reason } from "#core/reasons.ts";
import type { Shape } from "./cafes.ts";
import type { Day } from "./days.ts";
import { HEADER } from "./till.ts";

/** What must come of a file once the pipeline has run over the folder. */
export interface ExpectedFile {
  readonly key: string;
  readonly status: "loaded" | "duplicate" | "superseded" | "quarantined";
  /** Why the whole file is refused. */
  readonly reason?: Reason;
  /** Receipts that count. Those of a duplicate or a superseded file do not. */
  readonly rowsLoaded: number;
  readonly rowsQuarantined: number;
  /** Refused rows by reason. */
  readonly reasons?: Readonly<Partial<Record<Reason, number>>>;
  /** Loaded receipts whose items do not add up to their total. */
  readonly unreconciled?: number;
  /** Pence of the receipts that count. */
  readonly pence: number;
}

/** A file to be written, and on which day it arrives. */
export interface Delivery {
  readonly bytes: Uint8Array;
  readonly arrives: Day;
  readonly expected: ExpectedFile;
}

/** A café's good day, before anything goes wrong. */
export interface GoodDay {
  readonly shape: Shape;
  readonly bytes: Uint8Array;
  readonly rowEnds: Int32Array;
  readonly day: Day;
  /** The key of a file of this café and day: of a later time, and in the folder of another day, where that is given. */
  key(late?: { hoursLater?: number; folder?: Day; suffix?: string }): string;
}

/** A row as it is delivered, and what must come of it. */
export interface Row {
  readonly cells: readonly string[];
  readonly pence: number;
  readonly refused?: Reason;
  readonly unreconciled?: boolean;
}

/** What counts of a file of which nothing counts. */
export const nothing = { rowsLoaded: 0, rowsQuarantined: 0, pence: 0 } as const;

/** What a key says in another way than that of a good file. */
export type KeyChange = Parameters<GoodDay["key"]>[0];

/** The good file as text. */
export function textOf({ bytes }: GoodDay): string {
  return Buffer.from(bytes).toString();
}

/** The rows of the good file. */
export function rowsOf(good: GoodDay): Row[] {
  const table = parse(textOf(good), { from_line: good.shape === "B" ? 2 : 1 }) as string[][];
  const total = totalColumn(good.shape);
  return table.map((cells) => ({ cells, pence: Math.round(100 * Number(cells[total])) }));
}

function totalColumn(shape: Shape): number {
  return shape === "A" ? 5 : 4;
}

/** The café's good file as it is. */
export function sound(good: GoodDay, change?: KeyChange, arrives = good.day): Delivery {
  return { ...file(good, rowsOf(good), change), bytes: Buffer.from(good.bytes), arrives };
}

/** The same bytes once more. */
export function again(good: GoodDay, change: KeyChange, arrives: Day): Delivery {
  return {
    bytes: Buffer.from(good.bytes),
    arrives,
    expected: { key: good.key(change), ...nothing, status: "duplicate" },
  };
}

/** A file that is refused whole. */
export function broken(good: GoodDay, bytes: Uint8Array, reason: Reason): Delivery {
  return { bytes, arrives: good.day, expected: { key: good.key(), ...nothing, status: "quarantined", reason } };
}

/** A file of these rows, with what must come of each. */
export function file(
  good: GoodDay,
  rows: readonly Row[],
  change?: KeyChange,
  { before = "", lineEnd = "\n" } = {},
): Delivery {
  const lines = rows.map(({ cells }) => cells.map((cell) => written(cell, good.shape)).join(",") + lineEnd);
  const title = good.shape === "B" ? HEADER.replace("\n", lineEnd) : "";
  const loaded = rows.filter(({ refused }) => refused === undefined);
  const reasons: Partial<Record<Reason, number>> = {};
  for (const { refused } of rows) if (refused) reasons[refused] = (reasons[refused] ?? 0) + 1;
  const unreconciled = loaded.filter((row) => row.unreconciled).length;
  return {
    bytes: Buffer.from(before + title + lines.join("")),
    arrives: good.day,
    expected: {
      key: good.key(change),
      status: "loaded",
      rowsLoaded: loaded.length,
      rowsQuarantined: rows.length - loaded.length,
      pence: loaded.reduce((sum, { pence }) => sum + pence, 0),
      ...(loaded.length < rows.length && { reasons }),
      ...(unreconciled > 0 && { unreconciled }),
    },
  };
}

/** Tills quote a cell only where it must be. */
function written(cell: string, shape: Shape): string {
  const mustQuote = /[",\r\n]/.test(cell) || (shape === "A" && /^(Regular|Large|),/.test(cell));
  return mustQuote ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The file up to a share of its rows, the last of which, a card receipt, lacks its end. */
export function cutShort(good: GoodDay, share: number): Delivery {
  const rows = rowsOf(good);
  let last = Math.floor((rows.length - 1) * share);
  while (last > 0 && !rows[last]?.cells.includes("CARD")) last--;
  const cut = (good.rowEnds[last] ?? 0) - (good.shape === "A" ? 6 : 4);
  const { expected } = file(good, rows.slice(0, last));
  const reasons = { row_cut_short: 1 } as const;
  return {
    bytes: Buffer.from(good.bytes.subarray(0, cut)),
    arrives: good.day,
    expected: { ...expected, rowsQuarantined: 1, reasons },
  };
}

/** Changes the rows at these shares of the file. */
export function spoil(rows: readonly Row[], at: readonly number[], change: (row: Row, turn: number) => Row): Row[] {
  const changed = [...rows];
  for (const [turn, share] of at.entries()) {
    const number = Math.floor(rows.length * share);
    const row = rows[number];
    if (row) changed[number] = change(row, turn);
  }
  return changed;
}

/** A row with another cell in a column, from 0. */
export function replace(row: Row, column: number, cell: string): Row {
  return { ...row, cells: row.cells.with(column, cell) };
}

/** A row with another total, which its items no longer add up to. */
export function paying(shape: Shape, row: Row, pence: number): Row {
  return { ...replace(row, totalColumn(shape), (pence / 100).toFixed(2)), pence, unreconciled: true };
}

/** The good file's rows, with one row bad in each of nine ways. */
export function withBadRows(good: GoodDay): Row[] {
  const total = totalColumn(good.shape);
  const payment = good.shape === "A" ? 4 : 5;
  const ways: [reason: Reason, spoil: (row: Row) => Row][] = [
    ["row_wrong_columns", (row) => ({ ...row, cells: row.cells.slice(0, 5) })],
    ["row_time_unreadable", (row) => replace(row, 0, "yesterday")],
    ["row_time_impossible", (row) => replace(row, 0, good.shape === "A" ? "1999-12-31 09:00:00" : "31/12/1999 09:00")],
    ["row_cafe_missing", (row) => replace(row, 1, "")],
    ["row_total_unreadable", (row) => replace(row, total, "NaN")],
    ["row_total_not_pence", (row) => replace(row, total, "12.345")],
    ["row_total_negative", (row) => replace(row, total, "-3.20")],
    ["row_total_too_large", (row) => replace(row, total, "1000000.00")],
    ["row_payment_unknown", (row) => replace(row, payment, "VOUCHER")],
  ];
  const places = ways.map((_, turn) => (turn + 0.5) / ways.length);
  return spoil(rowsOf(good), places, (row, turn) => {
    const [refused, spoilRow] = ways[turn] ?? [undefined, (same: Row) => same];
    return { ...spoilRow(row), ...(refused && { refused }) };
  });
}
