import { readFileSync } from "node:fs";

/** The statements that create every table of the warehouse that is not there yet, in the shared SQL subset. */
export function schemaStatements(): string[] {
  return splitStatements(readFileSync(new URL("./schema.sql", import.meta.url), "utf8"));
}

/**
 * The statements of one of our own `.sql` files. A statement ends with a semicolon at the end of a line; comments stay,
 * and end nothing.
 */
export function splitStatements(text: string): string[] {
  const statements: string[] = [];
  let lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const ends = /;\s*$/.test(line) && !line.includes("--");
    lines.push(ends ? line.replace(/;\s*$/, "") : line);
    if (!ends) continue;
    statements.push(lines.join("\n"));
    lines = [];
  }
  return [...statements, lines.join("\n")]
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^\s*--.*$/gm, "").trim() !== "");
}
