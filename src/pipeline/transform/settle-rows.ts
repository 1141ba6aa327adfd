import type { ColumnMeaning } from "#feed/formats/column-meanings.ts";
import { meaningsOf, type TillFormat } from "#feed/formats/till-format.ts";
import { type TillWords, wordsAndPatterns } from "#feed/formats/till-words.ts";
import { sqlText } from "./engine.ts";
import type { Layout } from "./row-sources.ts";

/** Payment words that are patterns or stand for an empty cell: each cell is settled as CARD or CASH before the scan. */
export function hasOddPayments(format: TillFormat): boolean {
  const { words, patterns } = wordsAndPatterns([...format.payment.CARD, ...format.payment.CASH]);
  return meaningsOf(format).includes("payment") && (patterns.length > 0 || words.includes(""));
}

/** How a receipt was paid that does not say it: by the format's empty word; undefined where it has none. */
export function silentPayment({ payment }: TillFormat): "CARD" | "CASH" | undefined {
  return (["CARD", "CASH"] as const).find((method) => wordsAndPatterns(payment[method]).words.includes(""));
}

/** Whether a format says of some rows that they are no sales. */
export function leavesOut({ skip }: TillFormat): boolean {
  return Object.keys(skip).length > 0;
}

/** Columns of a receipt by which a row of it speaks for itself. */
const ofReceipt = ["cafe", "payment", "total"] as const;

/** Whether what a row says of its kind and status may stand in another of its file: then all of them have to be scanned at once. */
export function asksOtherRows({ format, columns }: Layout): boolean {
  const asked = { ...format.skip, ...(typeof format.refunds === "object" ? format.refunds : {}) };
  return ("type" in asked || "status" in asked) && saysOnce(format, columns);
}

/** Whether the till may write what is of a receipt on its first row alone. */
function saysOnce({ basket }: TillFormat, columns: readonly ColumnMeaning[]): boolean {
  return basket === "rows" && columns.includes("receipt") && ofReceipt.some((meaning) => columns.includes(meaning));
}

/** What the till's own words make of a row, in SQL. */
export interface SettledRow {
  /** The cell at a place, as the scan reads it. */
  cell(place: number): string;
  /** True for a row that is no sale. */
  isSkipped: string;
}

/**
 * Settles what a format says of its rows by words: which are no sales, which give back, and how they were paid.
 *
 * @param cell the SQL of a cell as the till wrote it, null where it is empty
 * @param place the SQL of what a row's place goes by: its file, and the order in that
 */
export function settleRow(
  { format, columns }: Layout,
  cell: (place: number) => string,
  place: { file: string; order: string },
): SettledRow {
  const told = tellingCell(format, columns, cell, place);
  const anyOf = (wordsByColumn: Partial<Record<ColumnMeaning, readonly string[]>>) =>
    Object.entries(wordsByColumn)
      .map(([meaning, words]) => says(wordsAndPatterns(words), told(columns.indexOf(meaning as ColumnMeaning))))
      .join(" or ");
  const refund = typeof format.refunds === "object" ? anyOf(format.refunds) : "";
  return {
    isSkipped: anyOf(format.skip) || "false",
    cell(index) {
      const meaning = columns[index];
      if (meaning === "payment" && hasOddPayments(format)) return settledPayment(format, cell(index));
      return refund === "" ? cell(index) : givenBack(cell(index), meaning, refund);
    },
  };
}

/**
 * What a row says of its kind and status. Some tills say all that is of the receipt on its first row alone: a row further down that
 * has its number, and neither café nor payment nor total, says the same. A row that has one of them speaks for itself.
 */
function tellingCell(
  format: TillFormat,
  columns: readonly ColumnMeaning[],
  cell: (place: number) => string,
  { file, order }: { file: string; order: string },
): (place: number) => string {
  if (!saysOnce(format, columns)) return cell;
  const receipt = columns.indexOf("receipt");
  const speaks = ofReceipt
    .filter((meaning) => columns.includes(meaning))
    .map((meaning) => `trim(coalesce(${cell(columns.indexOf(meaning))}, '')) <> ''`)
    .join(" or ");
  return (place) => {
    if (columns[place] !== "type" && columns[place] !== "status") return cell(place);
    const own = `coalesce(trim(${cell(place)}), '')`;
    const above = `last_value(case when ${own} <> '' or ${speaks} then ${own} end ignore nulls)
      over (partition by ${file}, trim(${cell(receipt)}) order by ${order} rows between unbounded preceding and current row)`;
    return `case when trim(coalesce(${cell(receipt)}, '')) = '' then ${own} else coalesce(${above}, '') end`;
  };
}

/** True for a cell that is one of the words, or fits one of the patterns. */
function says({ words, patterns }: TillWords, cell: string): string {
  return `(${named(words, cell)} or ${fits(patterns, cell)})`;
}

function named(words: readonly string[], cell: string): string {
  if (words.length === 0) return "false";
  return `lower(trim(nfc_normalize(coalesce(${cell}, '')))) in (${words.map(sqlText).join(", ")})`;
}

function fits(patterns: readonly string[], cell: string): string {
  if (patterns.length === 0) return "false";
  return `(${patterns.map((pattern) => `regexp_matches(trim(coalesce(${cell}, '')), ${sqlText(pattern)}, 'i')`).join(" or ")})`;
}

/**
 * CARD, CASH, or no method's word: the till's own may be CARD or CASH all the same, where the format does not list it. What an item's
 * row does not say, its receipt's other rows may.
 */
function settledPayment({ payment, basket }: TillFormat, cell: string): string {
  const card = wordsAndPatterns(payment.CARD);
  const cash = wordsAndPatterns(payment.CASH);
  return `case
    ${basket === "rows" ? `when coalesce(trim(${cell}), '') = '' then null` : ""}
    when ${named(card.words, cell)} then 'CARD'
    when ${named(cash.words, cell)} then 'CASH'
    when ${fits(card.patterns, cell)} then 'CARD'
    when ${fits(cash.patterns, cell)} then 'CASH'
    else '?'
  end`;
}

/** The cell of a refund's row: an amount below nothing, a quantity above it. */
function givenBack(cell: string, meaning: ColumnMeaning | undefined, refund: string): string {
  const bare = `trim(regexp_replace(${cell}, '-', ''))`;
  if (meaning === "quantity") return `case when ${refund} then ${bare} else ${cell} end`;
  if (meaning !== "total" && meaning !== "price") return cell;
  return `case when (${refund}) and trim(${cell}) <> '' then '-' || ${bare} else ${cell} end`;
}
