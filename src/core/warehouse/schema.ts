import { readFileSync } from "node:fs";

/** The statements that create every table of the warehouse that is not there yet, in the shared SQL subset. */
export function schemaStatements(): string[] {
  return splitStatements(readFileSync(new URL("./schema.sql", import.meta.url), "utf8"));
}

/**
 * The statements of one of our own `.sql` files. A statement ends with a semicolon at the end of a line; comments stay.
 */
export function splitStatements(text: string): string[] {
  return text
    .split(/;[ \t]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^\s*--.*$/gm, "").trim() !== "");
}
