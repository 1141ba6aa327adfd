import { existsSync, readFileSync } from "node:fs";

/** Models that load and metrics share: what is described once, whether it is counted ahead or asked. */
const sharedModels = new URL("./models/", import.meta.url);

/**
 * A statement with the models it reads. Each model is a `.sql` file with one SELECT; the comment of a statement, or of a model, names
 * those it starts from in a line `-- Reads: a, b`. They become common table expressions in front of it, each once, in order. A room
 * has models of its own in a folder; what it calls by a name there, shared models read.
 *
 * @param own the folder of the room's models, which are looked up first
 * @param always models that come before all others
 */
export function withModels(statement: string, own: URL, always: readonly string[] = []): string {
  const models = new Map<string, string>();
  const collect = (name: string): void => {
    if (models.has(name)) return;
    const file = new URL(`${name}.sql`, own);
    const sql = readFileSync(existsSync(file) ? file : new URL(`${name}.sql`, sharedModels), "utf8");
    for (const read of readsOf(sql)) collect(read);
    models.set(name, withoutComments(sql));
  };
  for (const name of [...always, ...readsOf(statement)]) collect(name);
  if (models.size === 0) return statement;
  const expressions = [...models].map(([name, sql]) => `${name} as (\n${sql.trim()}\n)`).join(",\n");
  const [, into = "", body = ""] =
    /^((?:insert into \w+ \([^)]*\)|create temp table \w+ as)\s+)?([\s\S]*)$/i.exec(
      withoutComments(statement).trim().replace(/;$/, ""),
    ) ?? [];
  const itsOwn = /^with\s/i.exec(body);
  return itsOwn
    ? `${into}with ${expressions},\n${body.slice(itsOwn[0].length)}`
    : `${into}with ${expressions}\n${body}`;
}

function readsOf(sql: string): string[] {
  return [...sql.matchAll(/^-- Reads: (.+)$/gm)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.trim()),
  );
}

function withoutComments(sql: string): string {
  return sql.replace(/^\s*--.*\n/gm, "");
}
