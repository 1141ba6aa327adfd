type SqlTokenKind = "space" | "comment" | "text" | "quoted" | "parameter" | "word" | "other";

interface SqlToken {
  readonly kind: SqlTokenKind;
  readonly text: string;
}

const kinds: readonly [SqlTokenKind, RegExp][] = [
  ["space", /\s+/y],
  ["comment", /--[^\r\n]*/y],
  ["text", /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y],
  ["text", /'(?:[^']|'')*'/y],
  ["text", /\$((?:[A-Za-z_]\w*)?)\$[\s\S]*?\$\1\$/y],
  ["quoted", /"(?:[^"]|"")*"/y],
  ["parameter", /\$[A-Za-z_]\w*/y],
  ["word", /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ["other", /[\s\S]/y],
];

/** SQL as PostgreSQL and Redshift cut it up; put together again, the tokens are the text. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < sql.length; ) {
    const token = sql.startsWith("/*", at) ? blockComment(sql, at) : tokenAt(sql, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(sql: string, at: number): SqlToken {
  for (const [kind, pattern] of kinds) {
    pattern.lastIndex = at;
    const found = pattern.exec(sql);
    if (found) return { kind, text: found[0] };
  }
  throw new Error("Every character is a token.");
}

/** Block comments nest. */
function blockComment(sql: string, from: number): SqlToken {
  let depth = 0;
  let at = from;
  do {
    if (sql.startsWith("/*", at)) {
      depth += 1;
      at += 2;
    } else if (sql.startsWith("*/", at)) {
      depth -= 1;
      at += 2;
    } else {
      at += 1;
    }
  } while (depth > 0 && at < sql.length);
  return { kind: "comment", text: sql.slice(from, at) };
}
