import type { z } from "zod";
import { listsOf, rowsOf } from "#api/csv.ts";
import type { Change, Comparison, Period, Trust, Unit } from "#metrics/answer.ts";
import { unit as unitKey } from "#metrics/answer.ts";
import { ParameterError } from "#metrics/errors.ts";
import type { Metric } from "#metrics/metric.ts";
import { count, counted, dayName, percent, pounds } from "./present.ts";
import { table } from "./table.ts";

/** The most rows of a list a person is shown. */
const mostRows = 100;
/** What every answer begins with, told in sentences. */
const head = new Set(["period", "comparison", "trust"]);

/**
 * An answer for a person: the question, what it is about and how far it can be trusted, its single figures, and one of its lists.
 *
 * @param list which list, by its name in the answer
 * @param width of the terminal; columns that do not fit are named instead. Undefined for a file, which takes them all.
 * @throws ParameterError when the answer has no such list
 */
export function describeAnswer(metric: Metric<unknown, object>, answer: object, list: string, width?: number): string {
  const rows = rowsOf(metric.answer, answer, list);
  const lists = listsOf(metric.answer).filter((name) => !head.has(name));
  if (rows === undefined) {
    throw new ParameterError("table", `The answer has no list "${list}".`, `It has: ${lists.join(", ")}.`);
  }
  const others = lists.filter((name) => name !== list);
  return [
    metric.question,
    ...headSentences(answer),
    ...section(figureLines(answer, metric.answer)),
    ...section(listLines(rows, rowSchemaOf(metric.answer, list), width)),
    ...section(others.length === 0 ? [] : [`It also has, with --table: ${others.join(", ")}.`]),
  ].join("\n");
}

function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", ...lines];
}

function headSentences(answer: object): string[] {
  const { period, comparison, trust } = answer as {
    period?: Period;
    comparison?: Comparison | null;
    trust?: Trust;
  };
  const lines: string[] = [];
  if (period) {
    const against =
      comparison === null || comparison === undefined
        ? "compared with nothing"
        : `like for like against ${daysWords(comparison)}: ${counted(comparison.cafesCompared, "café")} compared, ` +
          `${counted(comparison.cafeDaysLeftOut, "café-day")} left out`;
    lines.push(`${daysWords(period)}, ${against}.`);
  }
  if (trust) {
    const { cafeDaysIn, cafeDaysExpected, reconciledShare, quarantinedRows } = trust;
    const reconciled = reconciledShare === null ? "" : `; ${percent(reconciledShare)} of receipts add up`;
    const refused = quarantinedRows === 0 ? "" : `; ${counted(quarantinedRows, "row")} set aside`;
    lines.push(`Delivered: ${count(cafeDaysIn)} of ${counted(cafeDaysExpected, "café-day")}${reconciled}${refused}.`);
  }
  return lines;
}

function daysWords({ from, to }: Pick<Period, "from" | "to">): string {
  return from === to ? dayName(from) : `${dayName(from)} to ${dayName(to)}`;
}

function figureLines(answer: object, schema: z.ZodType): string[] {
  const fields = fieldsOf(schema);
  return Object.entries(answer).flatMap(([name, value]) => {
    const isOne = isChange(value) || (typeof value !== "object" && value !== null);
    if (head.has(name) || !isOne) return [];
    return [`${titleOf([name])}: ${cellOf(name, value, unitOf(fields[name]))}`];
  });
}

function listLines(rows: readonly object[], schemaOfRow: (row: object) => z.ZodType | undefined, width?: number) {
  if (rows.length === 0) return ["The list is empty."];
  const flat = rows
    .slice(0, mostRows)
    .map((row) => new Map(cellsOf(row, schemaOfRow(row), [], unitOf(schemaOfRow(row)))));
  // A column that nobody fills says nothing: a line by product has no café.
  const titles = [
    ...new Set(flat.flatMap((cells) => [...cells].flatMap(([title, cell]) => (cell === "" ? [] : title)))),
  ];
  const fitting = fittingOf(titles, flat, width);
  const lines = [
    table(
      fitting,
      flat.map((cells) => fitting.map((title) => cells.get(title) ?? null)),
    ),
  ];
  const rest = titles.slice(fitting.length);
  if (rest.length > 0) lines.push("", `Too wide for here: ${rest.join(", ")}. --csv has every column.`);
  if (rows.length > mostRows) lines.push("", `And ${count(rows.length - mostRows)} more rows; --csv has all.`);
  return lines;
}

/** As many of the columns, from the first on, as the width has room for. */
function fittingOf(titles: readonly string[], rows: readonly Map<string, string>[], width = Number.POSITIVE_INFINITY) {
  let used = 0;
  const [first = 0] = titles.flatMap((title, index) => {
    used += Math.max(title.length, ...rows.map((cells) => cells.get(title)?.length ?? 0)) + 2;
    return used > width + 2 ? [index] : [];
  });
  return used > width + 2 ? titles.slice(0, Math.max(1, first)) : titles;
}

/** A row's cells by title. Changes are one cell; lists inside a row are left out. */
function cellsOf(
  row: object,
  schema: z.ZodType | undefined,
  path: readonly string[],
  inherited: Unit | undefined,
): [string, string][] {
  const fields = fieldsOf(schema);
  return Object.entries(row).flatMap(([name, value]): [string, string][] => {
    const unit = unitOf(fields[name]) ?? inherited;
    const place = [...path, name];
    if (value === null || value === undefined) {
      // A whole part that is unknown has no columns of its own to leave empty, but a change has one.
      return isPart(fields[name]) ? [] : [[titleOf(place), ""]];
    }
    if (Array.isArray(value)) return [];
    if (typeof value === "object" && !isChange(value)) return cellsOf(value, fields[name], place, unit);
    return [[titleOf(place), cellOf(name, value, unit)]];
  });
}

function isChange(value: unknown): value is Change {
  return typeof value === "object" && value !== null && "difference" in value && "ratio" in value;
}

function isPart(schema: z.ZodType | undefined): boolean {
  const fields = fieldsOf(schema);
  return Object.keys(fields).length > 0 && !("difference" in fields && "ratio" in fields);
}

function cellOf(name: string, value: unknown, unit: Unit | undefined): string {
  if (isChange(value)) {
    if (unit === "ratio") return `${signed((value.difference * 100).toFixed(1))} points`;
    return value.ratio === null ? "" : signed(percent(value.ratio));
  }
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return String(value);
  if (unit === "pence") return pounds(value);
  if (unit === "ratio") return percent(value);
  if (/id$/i.test(name)) return String(value);
  return Number.isInteger(value) ? count(value) : value.toFixed(2);
}

function signed(text: string): string {
  return text.startsWith("-") ? text : `+${text}`;
}

/** `["comparison", "totalPence"]` → Comparison total. Pence are shown as pounds, so the word goes. */
function titleOf(path: readonly string[]): string {
  const words = path
    .map((name) => name.replace(/(?<=.)Pence$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
    .join(" ")
    .replace(/\bcafe/g, "café");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function rowSchemaOf(answer: z.ZodType, list: string): (row: object) => z.ZodType | undefined {
  const schema = inside(fieldsOf(answer)[list]);
  if (schema?.def.type === "array") return () => (schema as z.ZodArray<z.ZodType>).element;
  const rows = fieldsOf(schema);
  return (row) => ("name" in row && typeof row.name === "string" ? rows[row.name] : undefined);
}

function fieldsOf(schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> {
  const inner = inside(schema);
  return inner?.def.type === "object" ? (inner as z.ZodObject<Record<string, z.ZodType>>).shape : {};
}

/** A schema without what makes it optional. */
function inside(schema: z.ZodType | undefined): z.ZodType | undefined {
  const inner = (schema?.def as { innerType?: z.ZodType } | undefined)?.innerType;
  return inner === undefined ? schema : inside(inner);
}

function unitOf(schema: z.ZodType | undefined): Unit | undefined {
  if (schema === undefined) return undefined;
  const own = schema.meta()?.[unitKey] as Unit | undefined;
  const inner = (schema.def as { innerType?: z.ZodType }).innerType;
  return own ?? (inner === undefined ? undefined : unitOf(inner));
}
