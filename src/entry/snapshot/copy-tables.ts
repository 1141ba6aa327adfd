import type { Row, Warehouse } from "#core/ports/warehouse.ts";

/** Tables that metrics read, and whether they are large: those are copied a month at a time. */
const tables: Readonly<Record<string, "whole" | "by month">> = {
  locations: "whole",
  location_names: "whole",
  ownerships: "whole",
  registry_state: "whole",
  products: "whole",
  customers: "whole",
  files: "whole",
  deliveries: "whole",
  quarantine: "whole",
  runs: "whole",
  calendar: "whole",
  closures: "whole",
  daily_sales: "whole",
  hourly_sales: "by month",
  daily_products: "by month",
  location_days: "whole",
  transactions: "by month",
  transaction_items: "by month",
};

/** Columns that nothing of the dashboard asks for and that need not leave the warehouse, with what stands in their place. */
const blank: Readonly<Record<string, string>> = { "customers.customer_hash": "0" };

const rowsAtOnce = 20_000;

/**
 * Copies what the dashboard reads from any warehouse into an empty one on DuckDB.
 *
 * @returns how many rows
 */
export async function copyDashboardTables(from: Warehouse, to: Warehouse): Promise<number> {
  const columns = await to.query<{ table_name: string; column_name: string; data_type: string }>(
    `select table_name, column_name, data_type
     from information_schema.columns
     where table_schema = 'main'
     order by table_name, ordinal_position`,
  );
  const months = await monthsOf(from);
  let copied = 0;
  for (const [table, size] of Object.entries(tables)) {
    const own = columns.filter((column) => column.table_name === table);
    const list = own.map(({ column_name: name }) => `${blank[`${table}.${name}`] ?? name} as "${name}"`).join(", ");
    const select = `select ${list} from ${table}`;
    const types = Object.fromEntries(own.map(({ column_name: name, data_type: type }) => [name, type]));
    for (const month of size === "whole" ? [undefined] : months) {
      const rows =
        month === undefined
          ? await from.query(select)
          : await from.query(
              `${select} where business_date >= cast($from_date as date) and business_date < cast($to_date as date)`,
              month,
            );
      for (let start = 0; start < rows.length; start += rowsAtOnce) {
        await insert(to, table, types, rows.slice(start, start + rowsAtOnce));
      }
      copied += rows.length;
    }
  }
  return copied;
}

/** Each month with sales, as its first day and the first day of the next. */
async function monthsOf(warehouse: Warehouse): Promise<{ from_date: string; to_date: string }[]> {
  const rows = await warehouse.query<{ month_start: string }>(
    `select distinct calendar.month_start
     from transactions
     join calendar on calendar.date = transactions.business_date
     order by calendar.month_start`,
  );
  return rows.map(({ month_start: first }) => {
    const next = new Date(`${first}T00:00:00Z`);
    next.setUTCMonth(next.getUTCMonth() + 1);
    return { from_date: first, to_date: next.toISOString().slice(0, 10) };
  });
}

/** Rows as one text, which DuckDB takes apart by the columns' own types: many times faster than row by row. */
async function insert(
  to: Warehouse,
  table: string,
  types: Record<string, string>,
  rows: readonly Row[],
): Promise<void> {
  const shape = JSON.stringify([types]).replaceAll("'", "''");
  const names = Object.keys(types).map((name) => `"${name}"`);
  await to.transact([
    {
      sql: `insert into ${table} (${names.join(", ")})
            select ${names.map((name) => `entry.${name}`).join(", ")}
            from (select unnest(from_json($rows, '${shape}')) as entry)`,
      params: { rows: JSON.stringify(rows) },
    },
  ]);
}
