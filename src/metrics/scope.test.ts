import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { statementOf } from "./statement.ts";

// No metric's SQL reaches a fact but through the rows of location_grants. Read from the statements themselves: every SELECT of a
// table with rows of cafés also selects from something that was granted, and joins the two by café (or receipt).

const schema = readFileSync(new URL("../core/warehouse/schema.sql", import.meta.url), "utf8");

/** The tables whose rows belong to a café, a file, a receipt or a customer, by the columns that say so. */
const facts = new Set(
  [...schema.matchAll(/create table if not exists (\w+) \(([^;]*)\);/g)].flatMap(([, name = "", columns = ""]) =>
    /\b(location_id|file_id|transaction_id|customer_id)\b/.test(columns) ? [name] : [],
  ),
);

/** The one model that is granted to nobody: whoever reads it must join a grant, or take only rows that name no café. */
const ungranted = "quarantined_rows";

/**
 * Reads a query, with or without WITH, against the names that are granted so far.
 *
 * @returns whether its rows come from what was granted
 * @throws Error when it reads a fact that is not joined to a grant
 */
function isGranted(query: string, granted: ReadonlySet<string>, name = "the statement"): boolean {
  const known = new Set(granted);
  let rest = query.trim().replace(/^with\s+/i, "with ");
  while (/^(with|,)\s/.test(rest)) {
    const [head = "", cte = ""] = /^(?:with|,)\s+(\w+) as \(/.exec(rest) ?? [];
    const end = closingOf(rest, head.length);
    const within = name === ungranted ? ungranted : cte;
    if (isGranted(rest.slice(head.length, end), known, within)) known.add(cte);
    rest = rest.slice(end + 1).trim();
  }
  return rest.split(/\bunion all\b/i).every((select) => isGrantedSelect(select, known, name));
}

function isGrantedSelect(select: string, granted: ReadonlySet<string>, name: string): boolean {
  if (/\b(from|join)\s*\(/i.test(select)) throw new Error(`${name} selects from a query in brackets: give it a name.`);
  const sources = [...select.matchAll(/\b(?:from|join)\s+(\w+)(?:\s+as\s+(\w+))?/gi)].map(([, table = "", alias]) => ({
    table,
    alias: alias ?? table,
  }));
  if (name === "location_grants") return true;
  const reached = new Set(sources.filter(({ table }) => granted.has(table)).map(({ alias }) => alias));
  const joins = [...select.matchAll(/\b(\w+)\.(location_id|transaction_id) = (\w+)\.\2/g)];
  // A join may lead on from one fact to the next.
  for (const _ of sources) {
    for (const [, one = "", , other = ""] of joins) {
      if (reached.has(one)) reached.add(other);
      if (reached.has(other)) reached.add(one);
    }
  }
  const loose = sources.filter(({ table, alias }) => facts.has(table) && !reached.has(alias));
  if (loose.length > 0 && name !== ungranted) {
    throw new Error(`${name} reads ${loose.map(({ table }) => table).join(", ")} without a grant.`);
  }
  if (sources.some(({ table, alias }) => table === ungranted && !reached.has(alias))) {
    if (!/where location_id is null\s*$/.test(select)) throw new Error(`${name} reads ${ungranted} without a grant.`);
  }
  return reached.size > 0;
}

function closingOf(sql: string, start: number): number {
  let depth = 1;
  for (let place = start; place < sql.length; place += 1) {
    if (sql[place] === "(") depth += 1;
    if (sql[place] === ")") depth -= 1;
    if (depth === 0) return place;
  }
  throw new Error("A bracket is not closed.");
}

const files = readdirSync(new URL(".", import.meta.url), { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".sql") && !file.startsWith("models"),
);

test.each(files)("%s reaches no fact without a grant", (file) => {
  expect(() => isGranted(statementOf(new URL(file, import.meta.url)), new Set())).not.toThrow();
});

test("a statement that does reach one is found", () => {
  const read = (sql: string) => () => isGranted(`with location_grants as (select 1 from locations)\n${sql}`, new Set());
  expect(facts).toContain("transactions");
  expect(facts).not.toContain("calendar");
  expect(read("select sum(total_pence) from daily_sales")).toThrow("daily_sales");
  expect(read("select 1 from location_grants join daily_sales on 1 = 1")).toThrow("daily_sales");
  expect(read(", days as (select * from daily_sales)\nselect 1 from days")).toThrow("days reads daily_sales");
  expect(read(", days as (with sold as (select * from hourly_sales) select * from sold)\nselect 1 from days")).toThrow(
    "sold",
  );
  const granted = "join location_grants on location_grants.location_id = daily_sales.location_id";
  expect(read(`select 1 from daily_sales ${granted}`)).not.toThrow();
  expect(read(`select 1 from daily_sales ${granted} union all select 1 from daily_sales`)).toThrow("daily_sales");
});
