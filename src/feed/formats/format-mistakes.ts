import { type ColumnMeaning, columnMeanings } from "./column-meanings.ts";
import type { TillFormat } from "./till-format.ts";

type Checked = Pick<
  TillFormat,
  "columns" | "header" | "cafe" | "basket" | "price" | "sizes" | "payment" | "refunds" | "skip" | "recognise"
>;

/**
 * What does not fit together in a format whose fields are right each by itself: the field, and what is wrong there.
 *
 * @param meanings what its columns hold
 */
export function formatMistakes(
  format: Checked,
  meanings: readonly ColumnMeaning[],
): [field: string, message: string][] {
  const { header, cafe, basket, price, columns } = format;
  const has = (meaning: ColumnMeaning) => meanings.includes(meaning);
  const found: [string, string][] = [];
  const need = (present: boolean, message: string) => {
    if (!present) found.push(["columns", message]);
  };
  const needColumn = (present: boolean, missing: string) => need(present, `they lack the column ${missing}`);
  if (!has("time")) needColumn(has("date") && has("clock"), `"time", or "date" and "clock"`);
  need(!(has("time") && (has("date") || has("clock"))), `they should have either "time", or "date" and "clock"`);
  if (cafe === "column") needColumn(has("cafe"), `"cafe", or else there should be a field cafe`);
  else need(!has("cafe"), `there should be no column "cafe" where the field cafe says where the name comes from`);
  const saysNothing = [...format.payment.CARD, ...format.payment.CASH].some((word) => word.trim() === "");
  needColumn(
    has("payment") || has("card") || saysNothing,
    `"payment", or "card", or else the field payment should say what a receipt is that says nothing: { CARD: [""], CASH: [] }`,
  );
  if (basket === "rows") {
    needColumn(has("product"), `"product"`);
    needColumn(has("total") || has("price"), `"total", or "price"`);
    need(!has("basket"), `there should be no column "basket" where one row is one item`);
    if (has("price") && price === "none") found.push(["price", "it should be item or line, since there are prices"]);
  } else {
    needColumn(has("basket"), `"basket"`);
    needColumn(has("total"), `"total"`);
    const itemColumns = (["receipt", "product", "flavour", "size", "quantity", "price"] as const).filter(has);
    need(itemColumns.length === 0, `there should be no "${itemColumns[0]}" unless one row is one item`);
    if (price === "line") found.push(["price", "it should be item or none: only rows have prices of lines"]);
    if (basket === "triples" && price === "none") found.push(["price", "it should be item: triples have prices"]);
  }
  for (const meaning of columnMeanings) {
    if (meaning !== "skip" && meanings.filter((column) => column === meaning).length > 1) {
      found.push(["columns", `they should have "${meaning}" only once`]);
    }
  }
  if (!Array.isArray(columns) && header === "none") {
    found.push(["header", "it should be first-row, since the columns are known by their names"]);
  }
  const unused = Object.keys(format.recognise.row).find((meaning) => !has(meaning as ColumnMeaning));
  if (unused !== undefined) found.push(["recognise", `there is a pattern for "${unused}", and no such column`]);
  for (const field of ["refunds", "skip"] as const) {
    const strange = Object.keys(format[field]).find((meaning) => !has(meaning as ColumnMeaning));
    if (strange !== undefined) found.push([field, `there are words for "${strange}", and no such column`]);
  }
  for (const field of ["sizes", "payment"] as const) {
    const twice = wordOfTwo(format[field]);
    if (twice) found.push([field, twice]);
  }
  return found;
}

/** A word that is said to mean two things: which one counted would be chance. Case does not matter, as in the till's file. */
function wordOfTwo(lists: Readonly<Record<string, readonly string[]>>): string | undefined {
  const known = new Map<string, string>();
  for (const [meaning, words] of Object.entries(lists)) {
    for (const word of words) {
      const folded = word.trim().toLowerCase();
      const other = known.get(folded) ?? meaning;
      if (other !== meaning)
        return `${JSON.stringify(word)} is under both ${other} and ${meaning}, and can only be one`;
      known.set(folded, meaning);
    }
  }
  return undefined;
}
