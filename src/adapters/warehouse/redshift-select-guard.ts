import { RefusedError } from "#core/errors.ts";
import { sqlTokens } from "./sql-tokens.ts";

/** Words that no SELECT on our tables needs, and every statement with effects has. */
const effects = new Set([
  ...["insert", "update", "delete", "merge", "into", "truncate", "create", "drop", "alter", "grant", "revoke", "copy"],
  ...["unload", "call", "execute", "lock", "vacuum", "analyze", "begin", "commit", "set", "set_config", "nextval"],
  ...["query_to_xml", "lo_export", "lo_import"],
]);

/** How the names of the server's inside begin. */
const inside = /^(?:pg|stl|stv|svl|svv|svcs|sys)_/i;

/**
 * Lets one SELECT through and nothing else. Redshift has no way to ask its parser, so this allows less than it could: one
 * statement that begins as a SELECT does, with no word of a statement that does something, and no name of the server's inside.
 * A database user who may only read is the second lock.
 *
 * @returns the query without what ends it
 * @throws RefusedError saying what is not allowed
 */
export function singleSelect(sql: string): string {
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== "comment");
  while (tokens.at(-1)?.kind === "space" || tokens.at(-1)?.text === ";") tokens.pop();
  const words = tokens.filter(({ kind }) => kind !== "space");
  const first = words.find(({ text }) => text !== "(");
  if (!/^(?:select|with|values|table)$/i.test(first?.text ?? "")) {
    throw new RefusedError(
      "Only a SELECT may be run here.",
      "Send one SELECT on the warehouse's tables; information_schema lists them.",
    );
  }
  for (const { kind, text } of words) {
    if (text === ";") {
      throw new RefusedError(
        "A query is one SELECT; this has several statements.",
        "Send one SELECT, with nothing after it.",
      );
    }
    if (kind === "text" && /^e/i.test(text)) {
      throw new RefusedError("A query may not have texts with escapes (E'…').", "Write the text in plain quotes.");
    }
    const name = kind === "quoted" ? text.slice(1, -1) : text;
    if ((kind === "word" && effects.has(name.toLowerCase())) || (/word|quoted/.test(kind) && inside.test(name))) {
      throw new RefusedError(`A query may not use ${name}.`, "Select from the warehouse's tables.");
    }
  }
  return tokens.map(({ text }) => text).join("");
}
