import { openPostgres } from "#adapters/warehouse/postgres.ts";
import { ensureCalendar } from "#pipeline/load/calendar.ts";
import { makeDatabase } from "../postgres-server.ts";

/** Databases with their tables and calendar and nothing else, made once: copying is faster than making another. */
const templates = new Map<string, Promise<string>>();

async function makeTemplate(options: string): Promise<string> {
  const { url, name } = await makeDatabase("template0", options);
  const warehouse = openPostgres(url);
  await warehouse.migrate();
  await ensureCalendar(warehouse);
  await warehouse.close();
  return name;
}

/**
 * The address of a PostgreSQL database of its own, with the tables and the calendar of an empty warehouse.
 *
 * @param options how the database is made: of English order unless told otherwise, which is not the order of bytes
 */
export async function emptyPostgres(options = "locale_provider icu icu_locale 'en-GB'"): Promise<string> {
  const template = templates.get(options) ?? makeTemplate(options);
  templates.set(options, template);
  return (await makeDatabase(await template)).url;
}
