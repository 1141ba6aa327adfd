import type { Row, Statement, Warehouse } from "#core/ports/warehouse.ts";

/** Tables that metrics read and that are small, or change all over: copied whole each time. */
const wholeTables = [
  "locations",
  "location_names",
  "ownerships",
  "registry_state",
  "products",
  "customers",
  "files",
  "deliveries",
  "quarantine",
  "runs",
  "calendar",
  "closures",
  "daily_sales",
  "location_days",
];

/**
 * Large tables, with what tells whether a café's day is the same as before: sums, since every warehouse can add. A delivery that
 * was loaded again has receipts of other ids, a customer who was forgotten is missing, a café that was merged has another id.
 */
const datedTables: Readonly<Record<string, readonly string[]>> = {
  transactions: ["transaction_id", "total_pence", "coalesce(customer_id, 0)", "item_count"],
  transaction_items: ["transaction_id", "product_id", "coalesce(price_pence, 0)"],
  hourly_sales: ["hour", "receipts", "items", "total_pence", "hour * total_pence"],
  daily_products: ["product_id", "items", "total_pence", "product_id * total_pence"],
};

/** Columns that nothing of the dashboard asks for and that need not leave the warehouse, with what stands in their place. */
const blank: Readonly<Record<string, string>> = { "customers.customer_hash": "0" };

/** Rows of one statement, and days of one question: what passes through memory at a time. */
const rowsAtOnce = 20_000;
const daysAtOnce = 7;

/** A table's columns in the copy, each with its type. */
type Columns = Readonly<Record<string, string>>;

/**
 * Brings a copy on DuckDB, which may be empty or an older copy, to what the dashboard reads in a warehouse of any kind. Days
 * that have not changed stay as they are.
 *
 * @returns how many rows came over: of tables that are copied whole, and of days that changed
 */
export async function copyDashboardTables(from: Warehouse, to: Warehouse): Promise<{ whole: number; changed: number }> {
  const columns = await to.query<{ table_name: string; column_name: string; data_type: string }>(
    `select table_name, column_name, data_type
     from information_schema.columns
     where table_schema = 'main'
     order by table_name, ordinal_position`,
  );
  const columnsOf = (table: string): Columns =>
    Object.fromEntries(
      columns.filter((column) => column.table_name === table).map((column) => [column.column_name, column.data_type]),
    );
  const copied = { whole: 0, changed: 0 };
  for (const table of wholeTables) {
    const own = columnsOf(table);
    const rows = await from.query(selectOf(table, own));
    await replace(to, { sql: `delete from ${table}` }, table, own, rows);
    copied.whole += rows.length;
  }
  for (const table of Object.keys(datedTables)) {
    const own = columnsOf(table);
    const days = await changedDays(table, from, to);
    for (let start = 0; start < days.length; start += daysAtOnce) {
      const some = days.slice(start, start + daysAtOnce);
      const params = Object.fromEntries(some.map((day, index) => [`day_${index}`, day]));
      const where = `where business_date in (${some.map((_, index) => `cast($day_${index} as date)`).join(", ")})`;
      const rows = await from.query(`${selectOf(table, own)} ${where}`, params);
      await replace(to, { sql: `delete from ${table} ${where}`, params }, table, own, rows);
      copied.changed += rows.length;
    }
  }
  return copied;
}

function selectOf(table: string, columns: Columns): string {
  const list = Object.keys(columns).map((name) => `${blank[`${table}.${name}`] ?? name} as ${name}`);
  return `select ${list.join(", ").replaceAll(/\bas (date|hour|month|year|day)\b/g, 'as "$1"')} from ${table}`;
}

/** The days on which any café's sums differ, in order. */
async function changedDays(table: string, from: Warehouse, to: Warehouse): Promise<string[]> {
  const sums = (datedTables[table] ?? []).map(
    (sum, index) => `cast(sum(${asWide(sum)}) as varchar(40)) as sum_${index}`,
  );
  const sql = `
    select cast(business_date as varchar(10)) as day, location_id, count(*) as total, ${sums.join(", ")}
    from ${table}
    group by business_date, location_id`;
  const told = async (warehouse: Warehouse) =>
    new Map(
      (await warehouse.query<{ day: string; location_id: number }>(sql)).map((row) => [
        `${row.day} ${row.location_id}`,
        JSON.stringify(Object.values(row).map(String)),
      ]),
    );
  const [now, before] = await Promise.all([told(from), told(to)]);
  const changed = new Set<string>();
  for (const [name, said] of now) if (before.get(name) !== said) changed.add(name.slice(0, 10));
  for (const name of before.keys()) if (!now.has(name)) changed.add(name.slice(0, 10));
  return [...changed].sort();
}

/** As decimals: sums of ids and products of columns outgrow what whole numbers hold. */
function asWide(expression: string): string {
  return expression
    .split(" * ")
    .map((factor) => `cast(${factor} as decimal(18, 0))`)
    .join(" * ");
}

/** Takes out what is to be replaced and puts rows in, in one transaction. */
async function replace(
  to: Warehouse,
  remove: Statement,
  table: string,
  columns: Columns,
  rows: readonly Row[],
): Promise<void> {
  const statements = [remove];
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    statements.push(insertOf(table, columns, rows.slice(start, start + rowsAtOnce)));
  }
  await to.transact(statements);
}

/** Rows as one text, which DuckDB takes apart by the columns' own types: many times faster than row by row. */
function insertOf(table: string, columns: Columns, rows: readonly Row[]): Statement {
  const shape = JSON.stringify([columns]).replaceAll("'", "''");
  const names = Object.keys(columns).map((name) => `"${name}"`);
  return {
    sql: `insert into ${table} (${names.join(", ")})
          select ${names.map((name) => `entry.${name}`).join(", ")}
          from (select unnest(from_json($rows, '${shape}')) as entry)`,
    params: { rows: JSON.stringify(rows) },
  };
}
