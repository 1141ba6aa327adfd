import { stringify } from "csv-stringify/sync";
import { z } from "zod";

/**
 * A list of an answer as CSV, for a spreadsheet: objects inside a row become columns `change.now`, lists of plain values one
 * cell, lists of objects (sparks) are left out. Text that a spreadsheet would take for a formula is escaped; numbers are not text.
 * The columns are those of {@link columnsOf}: whoever reads tomorrow's file finds them where they were in today's.
 */
export function asCsv(rows: readonly object[], columns: readonly string[]): string {
  const flat = rows.map((row) => flattened(row));
  return stringify(flat, { header: true, columns: [...columns], escape_formulas: true, bom: true });
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

/** The names of an answer's lists, by its schema: what can be had as a table, whatever the data. */
export function listsOf(answer: z.ZodType): string[] {
  return Object.keys(fieldsOf(answer)).filter((name) => rowSchemasOf(answer, name).length > 0);
}

/**
 * The list of that name in an answer, as rows: the answer's own list, or an object of objects with its keys in the column
 * `name`. Undefined when the answer's schema has no such list.
 */
export function rowsOf(schema: z.ZodType, answer: object, table: string): object[] | undefined {
  if (!listsOf(schema).includes(table)) return undefined;
  const list = (answer as Record<string, object>)[table] ?? [];
  return Array.isArray(list) ? list : Object.entries(list).map(([name, part]) => ({ name, ...part }));
}

/** The columns of a list, by the answer's schema: a part that is null has the same ones as a part that is there. */
export function columnsOf(answer: z.ZodType, table: string): string[] {
  const names = plainOf(fieldsOf(answer)[table]) instanceof z.ZodObject ? ["name"] : [];
  return [...new Set([...names, ...rowSchemasOf(answer, table).flatMap((row) => columnsOfRow(row))])];
}

/** What the rows of a list are; none when the answer has no such list. */
function rowSchemasOf(answer: z.ZodType, table: string): z.ZodObject[] {
  const list = plainOf(fieldsOf(answer)[table]);
  const rows = list instanceof z.ZodArray ? [list.element as z.ZodType] : Object.values(fieldsOf(list));
  const objects = rows.map(plainOf).filter((row) => row instanceof z.ZodObject);
  return objects.length === rows.length ? objects : [];
}

function columnsOfRow(row: z.ZodType, prefix = ""): string[] {
  return Object.entries(fieldsOf(row)).flatMap(([name, part]) => {
    const plain = plainOf(part);
    if (plain instanceof z.ZodObject) return columnsOfRow(plain, `${prefix}${name}.`);
    const ofObjects = plain instanceof z.ZodArray && plain.element instanceof z.ZodObject;
    return ofObjects ? [] : [prefix + name];
  });
}

function fieldsOf(schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> {
  const plain = plainOf(schema);
  return plain instanceof z.ZodObject ? (plain.shape as Record<string, z.ZodType>) : {};
}

function plainOf(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema;
}
