import type { ColumnMeaning } from "#feed/formats/column-meanings.ts";
import { isHeaderOf, rowsLookedAt } from "#feed/formats/recognise.ts";
import { headerRows, meaningsOf, type TillFormat } from "#feed/formats/till-format.ts";
import { patternIn, readWords, type TillWords } from "#feed/formats/till-words.ts";
import type { CarefulRow } from "./careful-rows.ts";
import type { Layout } from "./row-sources.ts";

/**
 * Whether a format says something of its rows that no scan of many files at once can: which of them are no sales, which give
 * back, or how a receipt was paid by more than plain words. Its files are read row by row.
 */
export function isSettled(format: TillFormat): boolean {
  return Object.keys(format.skip).length > 0 || typeof format.refunds === "object" || hasOddPayments(format);
}

/** Payment words that are patterns or stand for an empty cell: each cell is settled as CARD or CASH before the scan. */
export function hasOddPayments(format: TillFormat): boolean {
  const words = [...format.payment.CARD, ...format.payment.CASH];
  return (
    meaningsOf(format).includes("payment") && words.some((word) => word.trim() === "" || patternIn(word) !== undefined)
  );
}

/** How a receipt was paid that does not say it: by the format's empty word; undefined where it has none. */
export function silentPayment({ payment }: TillFormat): "CARD" | "CASH" | undefined {
  return (["CARD", "CASH"] as const).find((method) => payment[method].some((word) => word.trim() === ""));
}

export interface SettledRows {
  /** The rows that are receipts or items, their cells as the scan reads them. */
  rows: CarefulRow[];
  /** Places of the rows that are neither, as the format says, and of what stands above the header. */
  skipped: number[];
}

/** Leaves out what is above the header, the header, and rows that the format says are no sales; settles the others' words. */
export function settleRows(all: readonly CarefulRow[], { format, columns }: Layout): SettledRows {
  const named = all.slice(0, rowsLookedAt).findIndex(({ cells }) => Array.isArray(cells) && isHeaderOf(cells, format));
  const above = Math.max(0, named);
  const rows = all.slice(above + headerRows(format));
  const skipped = all.slice(0, above).map(({ row }) => row);
  if (!isSettled(format)) return { rows, skipped };
  const isSkipped = anyOf(format.skip, columns);
  const settle = settling(format, columns);
  const told = telling(format, columns);
  const kept: CarefulRow[] = [];
  for (const { row, cells } of rows) {
    const said = Array.isArray(cells) ? told(cells) : cells;
    if (!Array.isArray(said)) kept.push({ row, cells: said });
    else if (isSkipped(said)) skipped.push(row);
    else kept.push({ row, cells: settle(said) });
  }
  return { rows: kept, skipped };
}

/**
 * What a row says of its kind and status. Some tills say all that is of the receipt on its first row alone: a row right below it
 * that has its number, and neither café nor payment nor total, says the same. A row that has one of them speaks for itself.
 */
function telling(format: TillFormat, columns: readonly ColumnMeaning[]): (cells: string[]) => string[] {
  const placesOf = (meanings: readonly ColumnMeaning[]) =>
    meanings.map((meaning) => columns.indexOf(meaning)).filter((place) => place !== -1);
  const [receipt] = placesOf(["receipt"]);
  const ofReceipt = placesOf(["cafe", "payment", "total"]);
  const spoken = placesOf(["type", "status"]);
  if (format.basket !== "rows" || receipt === undefined || ofReceipt.length === 0) return (cells) => cells;
  const textOf = (cells: readonly string[], place: number) => (cells[place] ?? "").trim();
  let above: readonly string[] = [];
  return (cells) => {
    const goesOn =
      textOf(cells, receipt) !== "" &&
      textOf(cells, receipt) === textOf(above, receipt) &&
      ofReceipt.every((place) => textOf(cells, place) === "");
    const said = goesOn
      ? cells.map((cell, place) => (spoken.includes(place) && cell.trim() === "" ? (above[place] ?? "") : cell))
      : cells;
    above = said;
    return said;
  };
}

type WordsByColumn = Partial<Record<ColumnMeaning, readonly string[]>>;

/** Whether one of the cells says one of the words that its column has. */
function anyOf(wordsByColumn: WordsByColumn, columns: readonly ColumnMeaning[]): (cells: readonly string[]) => boolean {
  const known = Object.entries(wordsByColumn).map(([meaning, words]) => ({
    place: columns.indexOf(meaning as ColumnMeaning),
    words: readWords(words),
  }));
  return (cells) => known.some(({ place, words }) => says(words, cells[place] ?? ""));
}

function says(words: TillWords, cell: string): boolean {
  return words.name(cell) || words.fit(cell);
}

/** What a row's cells become: amounts of refunds below nothing; payments CARD, CASH or no method's word. */
function settling(format: TillFormat, columns: readonly ColumnMeaning[]): (cells: string[]) => string[] {
  const isRefund = typeof format.refunds === "object" ? anyOf(format.refunds, columns) : () => false;
  const payment = hasOddPayments(format) ? columns.indexOf("payment") : -1;
  const methods = (["CARD", "CASH"] as const).map((method) => ({ method, words: readWords(format.payment[method]) }));
  const methodOf = (cell: string) =>
    (methods.find(({ words }) => words.name(cell)) ?? methods.find(({ words }) => words.fit(cell)))?.method;
  // What an item's row does not say, its receipt's other rows may.
  const isOpen = (cell: string) => format.basket === "rows" && cell.trim() === "";
  return (cells) => {
    const refund = isRefund(cells);
    return cells.map((cell, place) => {
      if (place === payment) return isOpen(cell) ? "" : (methodOf(cell) ?? unknownPayment);
      return refund ? givenBack(cell, columns[place]) : cell;
    });
  };
}

/** No method's word. The till's own may be CARD or CASH all the same, where the format does not list it. */
const unknownPayment = "?";

/** The cell of a refund's row: an amount below nothing, a quantity above it. */
function givenBack(cell: string, meaning: ColumnMeaning | undefined): string {
  const bare = cell.replace("-", "");
  if (meaning === "quantity") return bare;
  return (meaning === "total" || meaning === "price") && cell.trim() !== "" ? `-${bare.trim()}` : cell;
}
