import { type ColumnMeaning, columnMeanings } from "../column-meanings.ts";
import { isHeader } from "../recognise.ts";
import type { Assigned } from "./assign-columns.ts";
import { calledSo, isMaskedCard, type SeenColumn } from "./columns.ts";
import type { Guess } from "./draft-format.ts";
import type { Table } from "./read-table.ts";
import { doubtfulAmounts } from "./what-was-paid.ts";

/** What is read by the words in it, and how it is named in a sentence. */
const calledWhat = { payment: "a payment method", size: "a size" } as const;

/**
 * The columns a format can speak of: all of them by their places, which only a header allows that is known as one (see
 * {@link isHeader}: no digit in what it calls a time), or else those whose name leads to them.
 */
export function reachable(columns: readonly SeenColumn[], { header }: Table): readonly SeenColumn[] {
  const called = columns.map((column) => timely.find((meaning) => calledSo(column, meaning)) ?? "skip");
  return !header || isHeader(header, called) ? columns : columns.filter((column) => hasOwnName(column, columns));
}

const timely = ["time", "date", "clock"] as const;

/** The columns by the header's names, or by place where there are none or a name is missing or would lead elsewhere. */
export function layColumns(columns: readonly SeenColumn[], table: Table, found: Assigned): Guess {
  const meanings = columnMeanings.filter((meaning) => found[meaning]);
  const nameless = meanings.flatMap((meaning) => found[meaning] ?? []).find((column) => !hasOwnName(column, columns));
  const notes = [...doubts(columns, table, found), ...doubtfulAmounts(columns, found), ...unassigned(columns, found)];
  const trusted = timely.some((meaning) => found[meaning] && calledSo(found[meaning], meaning));
  if (table.header && !nameless && trusted) {
    const names = Object.fromEntries(meanings.map((meaning) => [meaning, found[meaning]?.header]));
    return { value: names, check: notes.join("; ") || undefined };
  }
  if (table.header && nameless) {
    const why = nameless.header === "" ? "has no name in the header" : "shares its name with another";
    notes.unshift(`column ${nameless.index + 1} ${why}, so columns are told by their places`);
  } else if (table.header) {
    // It may be a torn receipt, whose cells are nobody's to show.
    notes.unshift("the first row does not name a time of sale, so columns are told by their places");
  }
  return { value: columns.map(({ index }) => meaningAt(found, index)), check: notes.join("; ") || undefined };
}

/** True where a header's name leads to this column: it is the first that is called so, and not written like a pattern. */
function hasOwnName({ index, header }: SeenColumn, columns: readonly SeenColumn[]): boolean {
  const folded = header.normalize("NFC").toLowerCase();
  const first = columns.find((other) => other.header.normalize("NFC").toLowerCase() === folded);
  return header !== "" && first?.index === index && !/^\/.+\/$/.test(header);
}

function meaningAt(found: Assigned, index: number): ColumnMeaning {
  return columnMeanings.find((meaning) => found[meaning]?.index === index) ?? "skip";
}

/** A column that is called a payment's or a size's, and holds something else: names, numbers, hardly a word twice. */
function misnamed(
  columns: readonly SeenColumn[],
  found: Assigned,
  meaning: keyof typeof calledWhat,
): string | undefined {
  if (found[meaning]) return undefined;
  const column = columns.find((other) => calledSo(other, meaning) && meaningAt(found, other.index) === "skip");
  if (!column) return undefined;
  return (
    `column ${column.index + 1} is called what ${calledWhat[meaning]} would be, ` +
    "but its values are mostly different from each other, or no words for one"
  );
}

function doubts(columns: readonly SeenColumn[], { header }: Table, found: Assigned): string[] {
  const masked = columns.find(isMaskedCard);
  return [
    ...(header ? [] : ["there is no header, so the columns are told by their looks alone"]),
    ...(["payment", "size"] as const).flatMap((meaning) => {
      const why = misnamed(columns, found, meaning);
      return why ? [`${why}, so it was left out`] : [];
    }),
    ...(found.payment || !found.card
      ? []
      : ["no column looks like a payment method, so a receipt with a card is a card's, and any other cash"]),
    ...(masked === undefined
      ? []
      : [
          `column ${masked.index + 1} holds only part of card numbers, which many cards share, so it tells no customers apart`,
        ]),
    ...(found.customer || found.card ? [] : ["no column looks like a customer or a card, so customers stay unknown"]),
  ];
}

function unassigned(columns: readonly SeenColumn[], found: Assigned): string[] {
  const left = columns.filter(({ index }) => meaningAt(found, index) === "skip");
  return left.length > 0 ? [`nothing was made of column ${left.map(({ index }) => index + 1).join(", ")}`] : [];
}
