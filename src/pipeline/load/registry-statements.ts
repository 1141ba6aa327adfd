import { readFileSync } from "node:fs";
import { type CafeBook, namesOf } from "#core/cafes/cafe-book.ts";
import { SettingError } from "#core/errors.ts";
import type { CafeBookReading } from "#core/ports/cafe-registry.ts";
import type { SqlValue, Statement } from "#core/ports/warehouse.ts";
import { splitStatements } from "#core/warehouse/schema.ts";
import { placeCafe } from "#feed/places/place-cafe.ts";
import { countryOf, isRegion, regions } from "#feed/places/regions.ts";

const [registryNews = "", ...tables] = splitStatements(
  readFileSync(new URL("./sql/00-registry-tables.sql", import.meta.url), "utf8"),
);

/** A column and how a value that is bound as text or a number becomes it. */
const columns = {
  registry_cafes: {
    till_name: "varchar(200)",
    name: "varchar(200)",
    region: "varchar(40)",
    country: "varchar(40)",
    latitude: "double precision",
    longitude: "double precision",
    opened_on: "date",
    closed_on: "date",
  },
  registry_names: {
    name: "varchar(200)",
    till_name: "varchar(200)",
    region: "varchar(40)",
    country: "varchar(40)",
    latitude: "double precision",
    longitude: "double precision",
    placed: "boolean",
  },
  registry_closures: { till_name: "varchar(200)", closed_from: "date", closed_until: "date", reason: "varchar(200)" },
  registry_owners: { till_name: "varchar(200)", owner: "varchar(200)", owned_from: "date", owned_until: "date" },
  kept_locations: { name: "varchar(200)", location_id: "integer" },
} as const;

/** What is only done when the registry of cafés must be asked, which it mostly need not. */
const withNews: Pick<Statement, "idleWithout"> = { idleWithout: ["registry_news"] };

/** A café as another warehouse numbered it, by its main name. */
export interface NumberedCafe {
  readonly name: string;
  readonly id: number;
}

/**
 * The statements that show the registry of cafés to those of a load, as temporary tables, if there is anything to ask it.
 *
 * @param kept cafés that keep the number they had in the warehouse that this one takes the place of
 * @throws SettingError when a café is put in a region that there is not
 */
export function registryStatements(
  { book, version }: CafeBookReading,
  kept: readonly NumberedCafe[] = [],
): Statement[] {
  const numbered = inserts(
    "kept_locations",
    kept.map(({ name, id }) => [name, id]),
  );
  return [
    { sql: registryNews, params: { registry_fingerprint: version } },
    ...[...registered(book), ...numbered].map((statement) => ({ ...statement, ...withNews })),
  ];
}

function registered({ closures, cafes }: CafeBook): Statement[] {
  const entries = Object.entries(cafes);
  return [
    ...tables.map((sql) => ({ sql })),
    ...inserts(
      "registry_cafes",
      entries.map(([tillName, { name, place, openedOn, closedOn }]) => [
        tillName,
        name,
        place?.region,
        place && countryOf(regionOf(tillName, place.region)),
        place?.latitude,
        place?.longitude,
        openedOn,
        closedOn,
      ]),
    ),
    ...inserts(
      "registry_names",
      entries.flatMap(([tillName, entry]) => namesOf(tillName, entry).map((name) => [name, tillName, ...placed(name)])),
    ),
    ...inserts("registry_closures", [
      ...closures.map(({ from, to, reason }) => [undefined, from, to, reason]),
      ...entries.flatMap(([tillName, entry]) =>
        (entry.closures ?? []).map(({ from, to, reason }) => [tillName, from, to, reason]),
      ),
    ]),
    ...inserts(
      "registry_owners",
      entries.flatMap(([tillName, { owners = [] }]) =>
        owners.map(({ owner, from, to }) => [tillName, owner, from, to]),
      ),
    ),
  ];
}

function regionOf(cafe: string, region: string) {
  if (isRegion(region)) return region;
  throw new SettingError(
    `The registry of cafés puts ${cafe} in "${region}", which is no region of the United Kingdom.`,
    `The regions are ${regions.join(", ")}.`,
  );
}

/** Looking a name up takes a millisecond or two, and every load asks for all of them. */
const places = new Map<string, (SqlValue | undefined)[]>();

function placed(name: string): (SqlValue | undefined)[] {
  let found = places.get(name);
  if (found === undefined) {
    const at = placeCafe(name);
    found = at.placed ? [at.region, at.country, at.latitude, at.longitude, true] : [at.region, null, null, null, false];
    places.set(name, found);
  }
  return found;
}

const rowsAtOnce = 100;

/**
 * Many rows a statement: a chain's registry has a thousand, and every load sends them. Columns that are null in all of them are
 * left out: most of what a registry could say it does not, and a value costs a warehouse more than it seems.
 */
function inserts(table: keyof typeof columns, rows: readonly (readonly (SqlValue | undefined)[])[]): Statement[] {
  const statements: Statement[] = [];
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    const some = rows.slice(first, first + rowsAtOnce);
    const types = Object.entries(columns[table])
      .map(([column, type], place) => ({ column, type, place }))
      .filter(({ place }) => some.some((row) => (row[place] ?? null) !== null));
    const params: Record<string, SqlValue> = {};
    const tuples = some.map((row, index) => {
      const cells = types.map(({ column, type, place }) => {
        params[`${column}_${index}`] = row[place] ?? null;
        return `cast($${column}_${index} as ${type})`;
      });
      return `(${cells.join(", ")})`;
    });
    const names = types.map(({ column }) => column).join(", ");
    statements.push({ sql: `insert into ${table} (${names}) values ${tuples.join(", ")}`, params });
  }
  return statements;
}
