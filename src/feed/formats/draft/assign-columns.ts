import type { ColumnMeaning } from "../column-meanings.ts";
import { calledSo, isCalledPayment, isMaskedCard, looksLike, type SeenColumn } from "./columns.ts";
import { fullness } from "./what-was-paid.ts";

export type Assigned = Partial<Record<ColumnMeaning, SeenColumn>>;

/** Of what is told apart most surely first, so that what is left over is guessed among fewer columns. */
const surestFirst: readonly ColumnMeaning[] = [
  ...(["time", "date", "clock", "basket", "receipt", "card", "quantity", "size", "payment"] as const),
  ...(["price", "total", "flavour", "cafe", "product", "customer", "type", "status"] as const),
];

/** Which column probably holds what. Looks and the header's words must agree, where there is a header. */
export function assignColumns(columns: readonly SeenColumn[]): Assigned {
  const found: Assigned = {};
  const left = new Set(columns);
  const take = (meaning: ColumnMeaning, column: SeenColumn | undefined) => {
    if (!column) return;
    found[meaning] = column;
    left.delete(column);
  };
  for (const meaning of surestFirst) {
    if (isNeedless(meaning, found)) continue;
    take(meaning, bestOf([...left], meaning));
  }
  // "Status" and "Refunded?": what becomes of a sale may take two columns.
  if (!found.type) take("type", bestOf([...left], "status"));
  // One amount and no other is what the receipt cost.
  if (found.basket && !found.total && found.price) {
    found.total = found.price;
    delete found.price;
  }
  return found;
}

/** A column whose name and looks both fit; where no name fits, the looks alone of what cannot be mistaken. */
function bestOf(columns: readonly SeenColumn[], meaning: ColumnMeaning): SeenColumn | undefined {
  const fitting = columns.filter((column) => looksLike(column, meaning) && !isMaskedCard(column));
  const called = fitting.filter((column) => calledSo(column, meaning));
  if (meaning === "total") {
    return fullest(called.filter(({ header }) => !/line|unit|each|item/i.test(header))) ?? unnamed(fitting);
  }
  if (meaning === "price") {
    const priced = (column: SeenColumn) => /price|each|line|unit/i.test(column.header);
    // An amount that is called so, but not the total of a receipt.
    const others = called.filter((column) => !priced(column) && !/total|paid/i.test(column.header));
    return fullest([...called.filter(priced), ...others]) ?? unnamed(fitting);
  }
  // Its words may be no payments' ("Visa ****1234"), and are then said by a person.
  if (meaning === "payment") return called[0] ?? columns.find(isCalledPayment) ?? unnamed(fitting);
  const unmistakable = ["time", "date", "clock", "basket"].includes(meaning);
  return called[0] ?? (unmistakable ? fitting[0] : unnamed(fitting));
}

/** Of several amounts, the one that most surely is what the customer paid; of two as good, the first. */
function fullest(columns: readonly SeenColumn[]): SeenColumn | undefined {
  return columns.toSorted((a, b) => fullness(b) - fullness(a))[0];
}

function unnamed(columns: readonly SeenColumn[]): SeenColumn | undefined {
  return columns.find(({ header }) => header === "");
}

function isNeedless(meaning: ColumnMeaning, found: Assigned): boolean {
  if (meaning === "date" || meaning === "clock") return found.time !== undefined;
  const itemOnly: ColumnMeaning[] = ["receipt", "quantity", "size", "price", "flavour", "product"];
  return found.basket !== undefined && itemOnly.includes(meaning);
}
