import { parse } from "csv-parse/sync";
import type { Reason } from "#core/reasons.ts";
import type { Shape } from "./cafes.ts";
import { type Day, dateOf } from "./days.ts";

/** What can go wrong with a café's delivery of a day; `faultPlans` below says how. */
export type FaultKind = keyof typeof faultPlans;

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

/** A planted fault with what must come of it. A fault without files is a delivery that is missing. */
export interface PlantedFault {
  readonly kind: FaultKind;
  readonly says: string;
  readonly cafe: string;
  readonly date: string;
  readonly files: readonly ExpectedFile[];
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
interface Row {
  readonly cells: readonly string[];
  readonly pence: number;
  readonly refused?: Reason;
  readonly unreconciled?: boolean;
}

interface Plan {
  readonly says: string;
  readonly deliver: (good: GoodDay) => Delivery[];
}

const faultPlans = {
  late: {
    says: "The file arrives three days late, in that day's folder.",
    deliver: (good) => [sound(good, { folder: good.day + 3 }, good.day + 3)],
  },
  missing: { says: "No file comes at all.", deliver: () => [] },
  duplicate: {
    says: "The same bytes come twice, under two keys.",
    deliver: (good) => [sound(good), again(good, { suffix: "_2" }, good.day)],
  },
  duplicate_next_day: {
    says: "The same bytes come again the day after, in that day's folder.",
    deliver: (good) => [sound(good), again(good, { folder: good.day + 1 }, good.day + 1)],
  },
  corrected: {
    says: "A file that lacks a seventh of the receipts is followed by a complete one.",
    deliver: (good) => {
      const rows = rowsOf(good);
      const lacking = rows.filter((_, number) => number % 7 !== 3);
      return [
        { ...file(good, lacking), expected: { key: good.key(), ...nothing, status: "superseded" } },
        file(good, rows, { hoursLater: 3 }),
      ];
    },
  },
  split: {
    says: "Morning and afternoon come in files of their own.",
    deliver: (good) => {
      const rows = rowsOf(good);
      const half = Math.floor(rows.length / 2);
      return [file(good, rows.slice(0, half)), file(good, rows.slice(half), { hoursLater: 5 })];
    },
  },
  truncated: {
    says: "The last row is cut off inside the card number.",
    deliver: (good) => [cutShort(good, 1)],
  },
  cut_in_half: {
    says: "The file ends in the middle of the day, in the middle of a row.",
    deliver: (good) => [cutShort(good, 0.5)],
  },
  spreadsheet: {
    says: "A spreadsheet has put a byte order mark before the file and a carriage return after each row.",
    deliver: (good) => [file(good, rowsOf(good), {}, { before: "\uFEFF", lineEnd: "\r\n" })],
  },
  not_text: {
    says: "The file is in UTF-16.",
    deliver: (good) => [broken(good, Buffer.from(`\uFEFF${textOf(good)}`, "utf16le"), "file_not_text")],
  },
  unknown_layout: {
    says: "The file has the columns of a till that nobody has described.",
    deliver: (good) => {
      const rows = rowsOf(good).map(({ cells }, number) => `${number + 1};${cells[0]};${cells[3]?.length}`);
      return [broken(good, Buffer.from(`number;when;length\n${rows.join("\n")}\n`), "file_unknown_layout")];
    },
  },
  endless_line: {
    says: "One line is longer than any receipt can be.",
    deliver: (good) => {
      const endless = `${"=".repeat(100_000)}\n`;
      return [broken(good, Buffer.from(textOf(good) + endless), "file_line_too_long")];
    },
  },
  empty: {
    says: "The file is there, but empty.",
    deliver: (good) => [{ ...file(good, []), bytes: new Uint8Array(0) }],
  },
  header_only: {
    says: "The file has a header and no receipts.",
    deliver: (good) => [{ ...file(good, []), bytes: Buffer.from(header) }],
  },
  bad_rows: {
    says: "One row is bad in each of nine ways; the others are good.",
    deliver: (good) => [file(good, withBadRows(good))],
  },
  unreconciled: {
    says: "Three totals differ from the sum of their items.",
    deliver: (good) => {
      const rows = rowsOf(good);
      return [
        file(
          good,
          spoil(rows, [0.2, 0.5, 0.8], (row) => paying(good.shape, row, row.pence + 35)),
        ),
      ];
    },
  },
  unreadable_items: {
    says: "Two baskets hold an item that nobody can read.",
    deliver: (good) => {
      const rows = rowsOf(good);
      const basket = good.shape === "A" ? "Mystery" : "Two for one voucher";
      return [
        file(
          good,
          spoil(rows, [0.3, 0.6], (row) => ({ ...replace(row, 3, basket), unreconciled: true })),
        ),
      ];
    },
  },
  odd_names: {
    says: "Names begin like formulas, run from right to left, or hold emoji, quotes and commas.",
    deliver: (good) => {
      const names = ["=1+1", "\u202Eeman", "Zoë 😀", 'Jo "JJ" Lee', "Lee, Jo", "@sum(a1)"];
      return [
        file(
          good,
          spoil(rowsOf(good), [0.1, 0.2, 0.3, 0.4, 0.6, 0.7], (row, turn) => replace(row, 2, names[turn] ?? "")),
        ),
      ];
    },
  },
  name_with_line_end: {
    says: "A name holds a line end, inside quotes.",
    deliver: (good) => [
      file(
        good,
        spoil(rowsOf(good), [0.4], (row) => replace(row, 2, "Jo\nLee")),
      ),
    ],
  },
} as const satisfies Record<string, Plan>;

const kinds = Object.keys(faultPlans) as FaultKind[];
/** Of so many café-days, each kind of fault befalls one: about one delivery in twenty has something the matter with it. */
const FAULT_CYCLE = 397;
/** From one café to the next the pattern moves by as many days: 13 cafés see every kind in a month. */
const FAULT_STRIDE = 31;
/** A day with fewer receipts has no room for faults. */
const LEAST_RECEIPTS = 20;

/** What goes wrong with a café's delivery of a day; undefined where nothing does. */
export function faultOf(seed: number, cafe: number, day: Day, receipts: number): FaultKind | undefined {
  if (receipts < LEAST_RECEIPTS) return undefined;
  const turn = ((seed >>> 0) + cafe * FAULT_STRIDE + day) % FAULT_CYCLE;
  const apart = Math.floor(FAULT_CYCLE / kinds.length);
  return turn % apart === 0 ? kinds[turn / apart] : undefined;
}

/** What is delivered instead of a good file, and what must come of it, of what has arrived by the day `until`. */
export function deliverFaulty(
  kind: FaultKind,
  cafe: string,
  good: GoodDay,
  until: Day,
): { fault: PlantedFault; deliveries: Delivery[] } {
  const plan: Plan = faultPlans[kind];
  const deliveries = plan.deliver(good).filter(({ arrives }) => arrives <= until);
  const files = deliveries.map(({ expected }) => expected);
  return { fault: { kind, says: plan.says, cafe, date: dateOf(good.day), files }, deliveries };
}

const header = "timestamp,store,customer_name,basket_items,total_price,cash_or_card,card_number\n";
const nothing = { rowsLoaded: 0, rowsQuarantined: 0, pence: 0 } as const;

type KeyChange = Parameters<GoodDay["key"]>[0];

function textOf({ bytes }: GoodDay): string {
  return Buffer.from(bytes).toString();
}

function rowsOf(good: GoodDay): Row[] {
  const table = parse(textOf(good), { from_line: good.shape === "B" ? 2 : 1 }) as string[][];
  const total = totalColumn(good.shape);
  return table.map((cells) => ({ cells, pence: Math.round(100 * Number(cells[total])) }));
}

function totalColumn(shape: Shape): number {
  return shape === "A" ? 5 : 4;
}

/** The café's good file as it is. */
function sound(good: GoodDay, change?: KeyChange, arrives = good.day): Delivery {
  return { ...file(good, rowsOf(good), change), bytes: Buffer.from(good.bytes), arrives };
}

/** The same bytes once more. */
function again(good: GoodDay, change: KeyChange, arrives: Day): Delivery {
  return {
    bytes: Buffer.from(good.bytes),
    arrives,
    expected: { key: good.key(change), ...nothing, status: "duplicate" },
  };
}

function broken(good: GoodDay, bytes: Uint8Array, reason: Reason): Delivery {
  return { bytes, arrives: good.day, expected: { key: good.key(), ...nothing, status: "quarantined", reason } };
}

/** A file of these rows, with what must come of each. */
function file(good: GoodDay, rows: readonly Row[], change?: KeyChange, { before = "", lineEnd = "\n" } = {}): Delivery {
  const lines = rows.map(({ cells }) => cells.map((cell) => written(cell, good.shape)).join(",") + lineEnd);
  const title = good.shape === "B" ? header.replace("\n", lineEnd) : "";
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
function cutShort(good: GoodDay, share: number): Delivery {
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
function spoil(rows: readonly Row[], at: readonly number[], change: (row: Row, turn: number) => Row): Row[] {
  const changed = [...rows];
  for (const [turn, share] of at.entries()) {
    const number = Math.floor(rows.length * share);
    const row = rows[number];
    if (row) changed[number] = change(row, turn);
  }
  return changed;
}

function replace(row: Row, column: number, cell: string): Row {
  return { ...row, cells: row.cells.with(column, cell) };
}

function paying(shape: Shape, row: Row, pence: number): Row {
  return { ...replace(row, totalColumn(shape), (pence / 100).toFixed(2)), pence, unreconciled: true };
}

function withBadRows(good: GoodDay): Row[] {
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
