import type { Assigned } from "./assign-columns.ts";
import { type MoneyStyle, moneyStyles, type SeenColumn, wordsOf } from "./columns.ts";
import type { Guess } from "./draft-format.ts";
import { fullness } from "./what-was-paid.ts";

/** What the columns of money hold. */
interface Amounts {
  total: SeenColumn | undefined;
  price: SeenColumn | undefined;
  /** What a price is for; undefined where it needs no saying. */
  per?: Guess | undefined;
  money?: Guess | undefined;
  refunds?: Guess | undefined;
}

type Rows = readonly (readonly string[])[];

/** Tells totals from prices, and prices of items from those of lines, by what adds up. */
export function guessAmounts(found: Assigned, seen: readonly SeenColumn[], rows: Rows): Amounts {
  const columns = [found.total, found.price].filter((column) => column !== undefined);
  const styles = Object.keys(moneyStyles) as MoneyStyle[];
  const style = styles.find((known) =>
    columns.every(({ values }) => mostly(values, (value) => moneyStyles[known].test(value))),
  );
  const money = style === undefined || style === "1,234.56" ? undefined : { value: style };
  const read = (column: SeenColumn | undefined, row: readonly string[]) =>
    column ? toPence(row[column.index] ?? "", style ?? "1,234.56") : undefined;

  const discount = seen.find((column) => isDiscount(column));
  let { total, price } = found;
  if (found.basket) {
    price = undefined;
  } else if (total && !isOfReceipt(total, found, rows)) {
    // A total that differs from row to row of a receipt is the line's.
    const perLine = total;
    total = undefined;
    if (
      !price ||
      fullness(price) < fullness(perLine) ||
      adjusts(rows, price, perLine, found.quantity, discount, read)
    ) {
      price = perLine;
      return { total, price, per: { value: "line" }, money, refunds: refunds([perLine], found.quantity) };
    }
  }
  if (price && discount) price = afterDiscount(price, discount, seen, rows, read) ?? price;
  return {
    total,
    price,
    per: found.basket ? undefined : guessPer(price, total, found, rows, read),
    money,
    refunds: refunds(columns, found.quantity),
  };
}

type Read = (column: SeenColumn | undefined, row: readonly string[]) => number | undefined;

/** True when every receipt that has a number has one total. */
function isOfReceipt(total: SeenColumn, { receipt }: Assigned, rows: Rows): boolean {
  if (!receipt) return false;
  const groups = Map.groupBy(rows, (row) => row[receipt.index]);
  const several = [...groups.values()].filter((group) => group.length > 1);
  const same = (group: Rows) => new Set(group.map((row) => row[total.index]).filter((cell) => cell !== "")).size <= 1;
  return several.length > 0 && several.filter(same).length >= several.length * 0.9;
}

function isDiscount(column: SeenColumn): boolean {
  return /\bdiscounts?\b/.test(wordsOf(column)) && column.values.some((value) => /[1-9]/.test(value));
}

/** The column that holds the prices less their discounts, where there is one: nobody paid the full ones. */
function afterDiscount(
  price: SeenColumn,
  discount: SeenColumn,
  columns: readonly SeenColumn[],
  rows: Rows,
  read: Read,
): SeenColumn | undefined {
  return columns.find(
    (column) =>
      column !== price &&
      column !== discount &&
      rows.every((row) => read(column, row) === (read(price, row) ?? 0) - Math.abs(read(discount, row) ?? 0)),
  );
}

/** True where price × quantity is the line's total, less its discount. */
function adjusts(
  rows: Rows,
  price: SeenColumn,
  line: SeenColumn,
  quantity: SeenColumn | undefined,
  discount: SeenColumn | undefined,
  read: Read,
): boolean {
  return mostly(rows, (row) => {
    const full = (read(price, row) ?? 0) * (quantity ? Number(row[quantity.index]) : 1);
    return full - Math.abs(read(discount, row) ?? 0) === read(line, row);
  });
}

function guessPer(
  price: SeenColumn | undefined,
  total: SeenColumn | undefined,
  { quantity, receipt }: Assigned,
  rows: Rows,
  read: Read,
): Guess | undefined {
  if (!price || !quantity || quantity.values.every((value) => Number(value) === 1)) return undefined;
  if (total && receipt) {
    const receipts = [...Map.groupBy(rows, (row) => row[receipt.index]).values()];
    const addsUp = (per: "item" | "line") =>
      receipts.filter((group) => {
        const paid = group.map((row) => read(total, row)).find((pence) => pence !== undefined);
        const times = (row: readonly string[]) => (per === "item" ? Number(row[quantity.index] || 1) : 1);
        return paid === group.reduce((sum, row) => sum + (read(price, row) ?? 0) * times(row), 0);
      }).length;
    const [items, lines] = [addsUp("item"), addsUp("line")];
    if (items !== lines) return { value: items > lines ? "item" : "line" };
  }
  if (/unit|each/i.test(price.header)) return { value: "item" };
  const value = /line|ext|sub|net|gross|amount|sales/i.test(price.header) ? "line" : "item";
  return { value, check: `nothing in the file tells whether a price is for one item or for the row's whole quantity` };
}

/** A receipt that gives back what was bought has a negative total, be it for its amounts or for its quantities. */
function refunds(amounts: readonly SeenColumn[], quantity: SeenColumn | undefined): Guess | undefined {
  const negative = (column: SeenColumn) => column.values.some((value) => value.includes("-"));
  const what = amounts.some(negative) ? "amounts" : quantity && negative(quantity) ? "quantities" : undefined;
  return what && { value: true, check: `there are negative ${what}, which were taken for refunds` };
}

function toPence(amount: string, style: MoneyStyle): number | undefined {
  const plain = amount.replace(/[£GBP\s]/g, "");
  const number = Number(style === "1,234.56" ? plain.replaceAll(",", "") : plain.replaceAll(".", "").replace(",", "."));
  return plain === "" || Number.isNaN(number) ? undefined : Math.round(number * 100);
}

function mostly<T>(values: readonly T[], test: (value: T) => boolean): boolean {
  return values.filter(test).length >= values.length * 0.9;
}
