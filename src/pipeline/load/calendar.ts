import { readFileSync } from "node:fs";
import type { Statement, Warehouse } from "#core/ports/warehouse.ts";
import { bankHolidays } from "#feed/places/bank-holidays.ts";

/** The days the calendar covers. A receipt before the first is refused; the last leaves room for plans. */
const firstYear = 2000;
const lastYear = 2049;

/**
 * Fills the calendar of a new warehouse: every day with its week, month and the bank holidays of each nation, and its bit in
 * the masks of days.
 */
export async function ensureCalendar(warehouse: Warehouse): Promise<void> {
  const [known] = await warehouse.query<{ days: number; bits: number }>(
    "select (select count(*) from calendar) as days, (select count(*) from day_bits) as bits",
  );
  if (known?.days && known.bits) return;
  await warehouse.transact([
    ...(known?.days ? [] : [...holidays(), statementIn("00-calendar.sql")]),
    ...(known?.bits ? [] : [statementIn("00-day-bits.sql")]),
  ]);
}

function statementIn(name: string): Statement {
  return { sql: readFileSync(new URL(`./sql/${name}`, import.meta.url), "utf8") };
}

function holidays(): Statement[] {
  const rows: string[] = [];
  for (let year = firstYear; year <= lastYear; year += 1) {
    for (const { date, name, nations } of bankHolidays(year)) {
      for (const nation of nations) rows.push(`('${date}', '${nation}', '${name.replaceAll("'", "''")}')`);
    }
  }
  return [
    {
      sql: "create temp table bank_holidays (date date not null, nation varchar(20) not null, name varchar(60) not null)",
    },
    { sql: `insert into bank_holidays (date, nation, name) values ${rows.join(", ")}` },
  ];
}
