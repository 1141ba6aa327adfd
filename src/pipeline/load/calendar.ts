import { readFileSync } from "node:fs";
import type { Statement, Warehouse } from "#core/ports/warehouse.ts";
import { bankHolidays } from "#feed/places/bank-holidays.ts";

/** The days the calendar covers. A receipt before the first is refused; the last leaves room for plans. */
const firstYear = 2000;
const lastYear = 2049;

/** Fills the calendar of a new warehouse: every day with its week, month and the bank holidays of each nation. */
export async function ensureCalendar(warehouse: Warehouse): Promise<void> {
  const [known] = await warehouse.query<{ days: number }>("select count(*) as days from calendar");
  if (known?.days) return;
  await warehouse.transact([
    holidays(),
    { sql: readFileSync(new URL("./sql/00-calendar.sql", import.meta.url), "utf8") },
  ]);
}

function holidays(): Statement {
  const rows: string[] = [];
  for (let year = firstYear; year <= lastYear; year += 1) {
    for (const { date, name, nations } of bankHolidays(year)) {
      for (const nation of nations) rows.push(`select '${date}', '${nation}', '${name.replaceAll("'", "''")}'`);
    }
  }
  return {
    sql: `create temp table bank_holidays as
      select cast(day_text as date) as date, nation, name
      from (select '' as day_text, '' as nation, '' as name where 1 = 0 union all ${rows.join(" union all ")}) as days`,
  };
}
