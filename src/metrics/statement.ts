import { readFileSync } from "node:fs";
import { withModels } from "#core/warehouse/models.ts";

const modelsFolder = new URL("./models/", import.meta.url);
const statements = new Map<string, string>();

/**
 * A metric's SQL, complete: one SELECT in a `.sql` file, with the models it reads (files in `models/`, or in `core/warehouse/models/`) in
 * front of it, `location_grants` always the first: no metric can be run without a scope.
 *
 * ```ts
 * const totals = statementOf(new URL("./totals.sql", import.meta.url));
 * ```
 */
export function statementOf(file: URL): string {
  const known = statements.get(file.href);
  if (known) return known;
  const sql = withModels(readFileSync(file, "utf8"), modelsFolder, ["location_grants"]);
  statements.set(file.href, sql);
  return sql;
}
