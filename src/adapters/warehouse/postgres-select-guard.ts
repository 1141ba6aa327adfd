import type { ClientBase } from "pg";
import { RefusedError } from "#core/errors.ts";
import { sqlTokens } from "./sql-tokens.ts";

/** Functions that the catalogue calls volatile, for they never answer alike, and that do nothing. */
const harmlessFunctions = ["random", "clock_timestamp", "gen_random_uuid"];

const selectOn = "Send one SELECT on the warehouse's tables; information_schema lists them.";

/**
 * Lets one SELECT through and nothing else, in three steps: nothing here names the server's inside; the catalogue says of
 * every function named whether it has effects; and what is left is declared as a cursor, which the server's own parser
 * allows for a SELECT without effects only. Needs a read-only transaction, and leaves the cursor in it.
 *
 * @throws RefusedError saying what is not allowed; the server's error where the SELECT is wrong
 */
export async function declareSelect(client: ClientBase, cursor: string, sql: string): Promise<void> {
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== "space" && kind !== "comment");
  while (tokens.at(-1)?.text === ";") tokens.pop();
  const first = tokens.find(({ text }) => text !== "(");
  if (!/^(?:select|with|values|table)$/i.test(first?.text ?? "")) {
    throw new RefusedError("Only a SELECT may be run here.", selectOn);
  }
  if (tokens.some(({ text }) => text === ";")) {
    throw new RefusedError(
      "A query is one SELECT; this has several statements.",
      "Send one SELECT, with nothing after it.",
    );
  }
  const names: string[] = [];
  for (const [place, { kind, text }] of tokens.entries()) {
    if (kind === "text" && /^e/i.test(text)) {
      throw new RefusedError("A query may not have texts with escapes (E'…').", "Write the text in plain quotes.");
    }
    if (kind !== "word" && kind !== "quoted") continue;
    const name = kind === "word" ? text.toLowerCase() : text.slice(1, -1);
    const isCoded = kind === "quoted" && tokens[place - 1]?.text === "&";
    if (isCoded || name.toLowerCase().startsWith("pg_")) {
      throw new RefusedError(
        `A query may not use ${isCoded ? "coded names" : name}.`,
        "Select from the warehouse's tables.",
      );
    }
    if (tokens[place + 1]?.text === "(") names.push(name);
  }
  await refuseEffects(client, names);
  await client.query(`declare ${cursor} no scroll cursor for ${sql}`, []);
}

async function refuseEffects(client: ClientBase, names: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select proname as name from pg_proc where provolatile = 'v' and proname = any($1) and proname <> all($2)",
    [names, harmlessFunctions],
  );
  const [effective] = rows;
  if (effective) {
    throw new RefusedError(`A query may not call ${effective.name}().`, "Select from the warehouse's tables.");
  }
}
