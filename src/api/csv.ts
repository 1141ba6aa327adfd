import { stringify } from "csv-stringify/sync";
import { z } from "zod";

/**
 * A list of an answer as CSV, for a spreadsheet: objects inside a row become columns `change.now`, lists of plain values one
 * cell, lists of objects (sparks) are left out. Text that a spreadsheet would take for a formula is escaped; numbers are not text.
 * A list without rows is its header, so that it can be told from a file that went wrong.
 */
export function asCsv(rows: readonly object[], header: readonly string[] = []): string {
  const flat = rows.map((row) => flattened(row));
  const columns = rows.length === 0 ? [...header] : [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return stringify(flat, { header: true, columns, escape_formulas: true, bom: true });
}

type Cell = string | number | null;

function flattened(row: object, prefix = ""): Record<string, Cell> {
  const cells: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(row)) {
    const column = prefix + name;
    if (Array.isArray(value)) {
      if (value.every((part) => typeof part !== "object")) cells[column] = value.join(" ");
    } else if (typeof value === "object" && value !== null) Object.assign(cells, flattened(value, `${column}.`));
    else cells[column] = typeof value === "boolean" ? String(value) : (value as Cell);
  }
  return cells;
}

/**
 * The list of that name in an answer, as rows: the answer's own list, or an object of objects with its keys in the column
 * `name`. Undefined when the answer has no such list.
 */
export function rowsOf(answer: object, table: string): object[] | undefined {
  const value = (answer as Record<string, unknown>)[table];
  if (Array.isArray(value)) return value.every((row) => typeof row === "object") ? value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  if (!entries.every(([, part]) => typeof part === "object" && part !== null)) return undefined;
  return entries.map(([name, part]) => ({ name, ...part }));
}

/** The columns that a list of an answer has by its schema, for when it has no rows to take them from. */
export function headerOf(answer: z.ZodType, table: string): string[] {
  const list = answer instanceof z.ZodObject ? answer.shape[table] : undefined;
  return list instanceof z.ZodArray ? columnsOf(list.element as z.ZodType) : [];
}

function columnsOf(row: z.ZodType, prefix = ""): string[] {
  if (!(row instanceof z.ZodObject)) return [];
  return Object.entries<z.ZodType>(row.shape).flatMap(([name, part]) => {
    const plain = part instanceof z.ZodNullable ? (part.unwrap() as z.ZodType) : part;
    if (plain instanceof z.ZodObject) return columnsOf(plain, `${prefix}${name}.`);
    const ofObjects = plain instanceof z.ZodArray && plain.element instanceof z.ZodObject;
    return ofObjects ? [] : [prefix + name];
  });
}
