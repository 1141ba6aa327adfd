import { millisecondsADay } from "#core/day.ts";
import { type ColumnMeaning, columnMeanings } from "#feed/formats/column-meanings.ts";
import type { KnownFormat } from "#feed/formats/read-formats.ts";
import type { Recognised } from "#feed/formats/recognise.ts";
import { headerRows, meaningsOf } from "#feed/formats/till-format.ts";
import { type Params, sqlText } from "./engine.ts";
import { longestLine } from "./inspect-file.ts";
import { hasOddPayments, settleRow, silentPayment } from "./settle-rows.ts";

/** A till's format, and how the columns of some of its files lie. */
export type Layout = Recognised<KnownFormat>;

/**
 * The rows of many plain files, read strictly: the dialect is fixed, since a guessed one can drop good rows.
 * Parameters: paths of files that are numbered in a row from first_file_no on (looking each row's number up in a list would
 * cost as much as reading it), and where the rows do not say their café, cafes.
 */
export function plainRows(layout: Layout): string {
  const { format, columns } = layout;
  const { cell, isSkipped } = settleRow(layout, (index) => `c${index}`, { file: "file_index", order: "scan_order" });
  const types = columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  const cafeOfFile = "list_extract($cafes, cast(file_index as integer) + 1)";
  return `(
    select cast($first_file_no + file_index as integer) as file_no, scan_order, scan_order as ordinal, ${isSkipped} as is_skipped, ${cells(format, columns, cell, cafeOfFile)}
    from (select *, file_index, row_number() over () as scan_order from read_csv($paths, auto_detect = false, delim = ${sqlText(format.delimiter)}, quote = '"', escape = '"', new_line = '\\n', nullstr = '',
      header = ${headerRows(format) === 1}, strict_mode = true, null_padding = false, columns = {${types}},
      max_line_size = ${longestLine}, buffer_size = ${longestLine * 4}))
  )`;
}

/** Rows that the careful reader has split. Parameters: rows, each with its file, its place in that, and the café where the file does not say it. */
export function carefulRows(layout: Layout): string {
  const { format, columns } = layout;
  const { cell, isSkipped } = settleRow(layout, (index) => `nullif(entry.cells[${index + 1}], '')`, {
    file: "entry.file_no",
    order: "entry.row",
  });
  return `(
    select entry.file_no as file_no, entry.row as scan_order, row_number() over () as ordinal, ${isSkipped} as is_skipped, ${cells(format, columns, cell, "entry.cafe")}
    from (select unnest(from_json($rows, '[{"file_no":"INTEGER","row":"BIGINT","cafe":"VARCHAR","cells":"VARCHAR[]"}]')) as entry)
  )`;
}

/** One expression for each meaning a column can have; null for those the till does not write. */
function cells(
  format: KnownFormat,
  columns: readonly ColumnMeaning[],
  cell: (index: number) => string,
  cafeOfFile: string,
): string {
  const written = (meaning: ColumnMeaning) =>
    columns.includes(meaning) ? cell(columns.indexOf(meaning)) : "cast(null as varchar)";
  const expression = (meaning: ColumnMeaning): string => {
    if (meaning === "time" && columns.includes("date")) {
      return `trim(${written("date")}) || ' ' || trim(${written("clock")})`;
    }
    if (meaning === "payment" && !columns.includes("payment")) {
      // Of a receipt of several rows, one card on any of them makes it a card's: that is settled when they come together.
      const silent = format.basket === "rows" ? "null" : sqlText(silentPayment(format) ?? "CASH");
      return `case when coalesce(lower(trim(${written("card")})), '') in ('', 'none') then ${silent} else 'CARD' end`;
    }
    if (meaning === "cafe" && format.cafe !== "column") {
      return cafeOfFile;
    }
    return written(meaning);
  };
  return columnMeanings
    .filter((meaning) => meaning !== "skip")
    .map((meaning) => `${expression(meaning)} as "${meaning}"`)
    .join(", ");
}

/** Receipts dated later than tomorrow are wrong: a day's grace covers clocks and time zones. */
const graceMs = millisecondsADay;

/** What a scan must know of the format. */
export function formatParams(format: KnownFormat, now: Date): Params {
  const upper = (list: readonly string[]) => list.map((word) => word.trim().toUpperCase());
  const lower = (list: readonly string[]) => list.map((word) => word.trim().toLowerCase());
  const meanings = meaningsOf(format);
  const hasPayment = meanings.includes("payment");
  const isPlain = hasPayment && !hasOddPayments(format);
  const card = isPlain ? upper(format.payment.CARD) : ["CARD"];
  const cash = isPlain ? upper(format.payment.CASH) : ["CASH"];
  return {
    basket_grammar: grammarOf(format),
    grammar_no: grammars.indexOf(grammarOf(format)),
    time_formats: format.time.formats,
    money_style: format.money,
    // Of a receipt of several rows none of which says it; empty where then nobody knows.
    silent_payment: silentPayment(format) ?? (hasPayment ? "" : "CASH"),
    card_words: card,
    cash_words: cash,
    // The usual ones: comparing with a list costs several times as much as with a word.
    card_word: card[0] ?? "",
    cash_word: cash[0] ?? "",
    card_kind: format.card,
    latest_time: new Date(now.getTime() + graceMs),
    refunds: format.refunds !== false,
    has_receipt_column: meanings.includes("receipt"),
    has_size_column: meanings.includes("size"),
    has_flavour_column: meanings.includes("flavour"),
    price_of: priceOf(format),
    regular_words: lower(format.sizes.regular),
    large_words: lower(format.sizes.large),
    standard_words: lower(format.sizes.standard),
  };
}

/** What the prices of this till's items are for; `none` also where one row is one item without a column of prices. */
export function priceOf(format: KnownFormat): KnownFormat["price"] {
  return format.basket === "rows" && !meaningsOf(format).includes("price") ? "none" : format.price;
}

/** The grammars of baskets as the SQL knows them. Their places here are part of a line's number (02-line-texts). */
const grammars = ["list", "bare list", "triples", "rows"] as const;

/** A list without prices is a grammar of its own. */
export function grammarOf(format: KnownFormat): (typeof grammars)[number] {
  return format.basket === "list" && format.price === "none" ? "bare list" : format.basket;
}
