import { openPostgres } from "#adapters/warehouse/postgres.ts";
import { ensureCalendar } from "#pipeline/load/calendar.ts";
import { makeDatabase } from "../postgres-server.ts";

/** A database with its tables and calendar and nothing else, made once: copying it is faster than making another. */
let template: Promise<string> | undefined;

async function makeTemplate(): Promise<string> {
  const { url, name } = await makeDatabase();
  const warehouse = openPostgres(url);
  await warehouse.migrate();
  await ensureCalendar(warehouse);
  await warehouse.close();
  return name;
}

/** The address of a PostgreSQL database of its own, with the tables and the calendar of an empty warehouse. */
export async function emptyPostgres(): Promise<string> {
  template ??= makeTemplate();
  return (await makeDatabase(await template)).url;
}
