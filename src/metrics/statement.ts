import { readFileSync } from "node:fs";

const modelsFolder = new URL("./models/", import.meta.url);
const statements = new Map<string, string>();

/**
 * A metric's SQL, complete. Each `.sql` file is one SELECT; its comment names the models (files in `models/`) it starts from
 * in a line `-- Reads: a, b`, and those name theirs. They become common table expressions in front of it, each once, in order,
 * with `location_grants` always the first: no metric can be run without a scope.
 *
 * ```ts
 * const totals = statementOf(new URL("./totals.sql", import.meta.url));
 * ```
 */
export function statementOf(file: URL): string {
  const known = statements.get(file.href);
  if (known) return known;
  const models = new Map<string, string>();
  collect("location_grants", models);
  const main = readFileSync(file, "utf8");
  for (const name of readsOf(main)) collect(name, models);
  const expressions = [...models].map(([name, sql]) => `${name} as (\n${sql.trim()}\n)`);
  const body = withoutComments(main).trim().replace(/;$/, "");
  const own = /^with\s/i.exec(body);
  const sql = own
    ? `with ${expressions.join(",\n")},\n${body.slice(own[0].length)}`
    : `with ${expressions.join(",\n")}\n${body}`;
  statements.set(file.href, sql);
  return sql;
}

function collect(name: string, models: Map<string, string>): void {
  if (models.has(name)) return;
  const sql = readFileSync(new URL(`${name}.sql`, modelsFolder), "utf8");
  for (const read of readsOf(sql)) collect(read, models);
  models.set(name, withoutComments(sql));
}

function readsOf(sql: string): string[] {
  return [...sql.matchAll(/^-- Reads: (.+)$/gm)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.trim()),
  );
}

function withoutComments(sql: string): string {
  return sql.replace(/^\s*--.*\n/gm, "");
}
