import type { Statement, Warehouse } from "#core/ports/warehouse.ts";
import { bankHolidays } from "#feed/places/bank-holidays.ts";
import { statementsIn } from "./load-statements.ts";

/** The days the calendar covers. A receipt before the first is refused; the last leaves room for plans. */
const firstYear = 2000;
const lastYear = 2049;

/**
 * Fills the calendar of a new warehouse: every day with its week, month and the bank holidays of each nation, its bit in the masks of
 * days, and what is known ahead of any 13 weeks.
 */
export async function ensureCalendar(warehouse: Warehouse): Promise<void> {
  const [known] = await warehouse.query<{ days: number; bits: number; weeks: number }>(
    `select
      (select count(*) from calendar) as days,
      (select count(*) from day_bits) as bits,
      (select count(*) from thirteen_weeks) as weeks`,
  );
  if (known?.days && known.bits && known.weeks) return;
  // Functions that start at the same moment all find it empty: whoever comes second makes it anew, and no day is in it twice.
  const cleared = (...tables: string[]) => tables.map((table) => ({ sql: `delete from ${table}` }));
  await warehouse.transact([
    ...(known?.days ? [] : [...cleared("calendar"), ...holidays(), ...statementsIn("00-calendar")]),
    ...(known?.bits ? [] : [...cleared("day_bits"), ...statementsIn("00-day-bits")]),
    ...(known?.weeks ? [] : [...cleared(...ofThirteenWeeks), ...statementsIn("00-thirteen-weeks")]),
  ]);
}

const ofThirteenWeeks = ["thirteen_week_masks", "thirteen_week_odd_days", "thirteen_weeks"];

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
