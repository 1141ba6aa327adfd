import type { ColumnMeaning } from "../column-meanings.ts";
import type { Assigned } from "./assign-columns.ts";
import type { SeenColumn } from "./columns.ts";
import type { Guess } from "./draft-format.ts";

/** What rows say of themselves: which are no sales, and which give back. */
interface RowWords {
  skip?: Guess | undefined;
  refunds?: Guess | undefined;
}

const noSale = /^(?:void(?:ed)?|cancell?ed|deleted|declined|failed|open|pending|unpaid|abandoned|training)$/i;
const refund = /^(?:refund|return)s?$/i;
const sale =
  /^(?:sales?|closed|completed?|paid|payment|normal|settled|fulfilled|false|no|dine in|takeaway|take away|eat in)$/i;
/** Loaded as the sale that it was; whether the till writes another row for what was given back, only a person knows. */
const givenBack = /^(?:partially |part )?(?:refunded|returned)$/i;
/** In a column that asks a question: "Void?". */
const yes = /^(?:true|yes|y)$/i;
const total = /^(?:grand )?totals?:?$/i;

type Rows = readonly (readonly string[])[];

/**
 * Guesses which rows are no sales, from columns that say what kind of row it is and from a row of totals. Words that are none of the
 * usual are never shown. A column that says nothing of the kind is no longer one.
 *
 * @param totals what calls a row the totals of all others, by its column's place
 */
export function guessRows(
  found: Assigned,
  columns: readonly SeenColumn[],
  totals: ReadonlyMap<number, string>,
): RowWords {
  const skip: Partial<Record<ColumnMeaning, string[]>> = {};
  const refunds: Partial<Record<ColumnMeaning, string[]>> = {};
  const notes: string[] = [];
  for (const meaning of ["type", "status"] as const) {
    const column = found[meaning];
    if (!column) continue;
    const words = [...column.distinct.keys()];
    const question = column.header.replace("?", "").trim();
    const asks = noSale.test(question);
    const asksBack = givenBack.test(question);
    const skipped = words.filter((word) => noSale.test(word) || (asks && yes.test(word)));
    const given = words.filter((word) => refund.test(word));
    const back = words.filter((word) => givenBack.test(word) || (asksBack && yes.test(word)));
    const hidden =
      words.length - skipped.length - given.length - back.length - words.filter((word) => sale.test(word)).length;
    if (skipped.length > 0) skip[meaning] = skipped;
    if (given.length > 0) refunds[meaning] = given;
    if (back.length > 0) {
      notes.push(
        `${back.join(", ")} in column ${column.index + 1} was taken for sales: skip them, unless the till has rows for what was given back`,
      );
    }
    if (hidden > 0 && words.length > 1) {
      notes.push(
        `see whether one of the ${words.length} words in column ${column.index + 1} says that a row is no sale`,
      );
    }
    if (skipped.length + given.length + back.length === 0 && (hidden === 0 || words.length === 1))
      delete found[meaning];
  }
  for (const [place, word] of totals) {
    const meaning = meaningOf(found, columns, place);
    if (meaning !== undefined) skip[meaning] = [...(skip[meaning] ?? []), word];
  }
  const words = Object.values(skip).flat();
  if (words.length > 0) notes.unshift(`rows with ${words.join(", ")} were taken for no sales`);
  return {
    skip: notes.length > 0 ? { value: skip, check: notes.join("; ") } : undefined,
    refunds:
      Object.keys(refunds).length > 0
        ? { value: refunds, check: "rows with these words were taken for refunds" }
        : undefined,
  };
}

/** The rows without those of totals, and what calls those so: the word, by its column's place. */
export function partTotals(rows: Rows): { rows: Rows; totals: ReadonlyMap<number, string> } {
  const placeOf = (row: readonly string[]) => row.findIndex((cell) => total.test(cell.trim()));
  const totals = rows.flatMap((row) => {
    const place = placeOf(row);
    return place === -1 ? [] : ([[place, (row[place] ?? "").trim()]] as const);
  });
  return { rows: rows.filter((row) => placeOf(row) === -1), totals: new Map(totals) };
}

/** What a column is spoken of as: it becomes a kind of row where it was nothing. */
function meaningOf(found: Assigned, columns: readonly SeenColumn[], place: number): ColumnMeaning | undefined {
  const known = (Object.keys(found) as ColumnMeaning[]).find((meaning) => found[meaning]?.index === place);
  if (known !== undefined) return known;
  const free = (["type", "status"] as const).find((meaning) => !found[meaning]);
  const column = columns[place];
  if (free && column) found[free] = column;
  return free;
}
