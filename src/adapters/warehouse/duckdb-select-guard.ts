import type { DuckDBConnection } from "@duckdb/node-api";
import { RefusedError } from "#core/errors.ts";

/** Table functions that only make rows. All others read files, settings or the engine's inside. */
const harmlessTableFunctions = new Set(["range", "generate_series", "unnest"]);

/**
 * Lets one SELECT through and nothing else. The engine's own parser decides: a read-only transaction alone still allows
 * COPY … TO and ATTACH, and the statement type alone still allows table functions with effects.
 *
 * @throws RefusedError saying what is not allowed.
 */
export async function assertSingleSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  const reader = await connection.runAndReadAll("select json_serialize_sql($sql::varchar) as tree", { sql });
  const tree = JSON.parse(String(reader.getRowsJson()[0]?.[0])) as SerializedSql;
  if (tree.error) {
    const onlySelect = tree.error_type === "not implemented";
    throw new RefusedError(
      onlySelect ? "Only a SELECT may be run here." : `The query is not valid SQL: ${tree.error_message ?? ""}`.trim(),
      "Send one SELECT on the warehouse's tables; information_schema lists them.",
    );
  }
  if (tree.statements.length !== 1) {
    throw new RefusedError(
      `A query is one SELECT; this has ${tree.statements.length} statements.`,
      "Send one SELECT, with nothing after it.",
    );
  }
  assertHarmless(tree.statements);
}

interface SerializedSql {
  error: boolean;
  error_type?: string;
  error_message?: string;
  statements: unknown[];
}

function assertHarmless(node: unknown): void {
  if (Array.isArray(node)) {
    for (const part of node) assertHarmless(part);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { type, function: call, table_name: table } = node as Record<string, unknown>;
  if (type === "TABLE_FUNCTION") {
    const name = String((call as { function_name?: unknown } | undefined)?.function_name);
    if (!harmlessTableFunctions.has(name)) {
      throw new RefusedError(`A query may not call ${name}().`, "Select from the warehouse's tables.");
    }
  }
  if (type === "BASE_TABLE" && /[/\\.]/.test(String(table))) {
    throw new RefusedError("A query may not read files.", "Select from the warehouse's tables.");
  }
  for (const part of Object.values(node)) assertHarmless(part);
}
