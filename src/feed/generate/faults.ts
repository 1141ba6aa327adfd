import { type Day, dateOf } from "./days.ts";
import {
  again,
  broken,
  cutShort,
  type Delivery,
  type ExpectedFile,
  file,
  type GoodDay,
  nothing,
  paying,
  replace,
  rowsOf,
  sound,
  spoil,
  textOf,
  withBadRows,
} from "./delivery.ts";
import { HEADER } from "./till.ts";

/** What can go wrong with a café's delivery of a day; `faultPlans` below says how. */
export type FaultKind = keyof typeof faultPlans;

/** A planted fault with what must come of it. A fault without files is a delivery that is missing. */
export interface PlantedFault {
  readonly kind: FaultKind;
  readonly says: string;
  readonly cafe: string;
  readonly date: string;
  readonly files: readonly ExpectedFile[];
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
    deliver: (good) => [{ ...file(good, []), bytes: Buffer.from(HEADER) }],
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
