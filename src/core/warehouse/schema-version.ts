import { createHash } from "node:crypto";
import { SettingError } from "../errors.ts";
import type { Warehouse } from "../ports/warehouse.ts";
import { schemaStatements } from "./schema.ts";

/** Names the tables as they are now: their columns, not what is said about them. */
export const schemaVersion = createHash("sha256")
  .update(
    schemaStatements()
      .map((sql) => sql.replace(/^\s*--.*$/gm, "").replace(/\s+/g, " "))
      .join(";"),
  )
  .digest("hex")
  .slice(0, 16);

/** Whether a warehouse has the tables of this version of the tracker; not known while it has no files. */
export async function isOfThisSchema(warehouse: Pick<Warehouse, "query">): Promise<boolean> {
  const [state] = await warehouse.query<{ version: string | null }>("select max(version) as version from schema_state");
  return state?.version === schemaVersion;
}

/**
 * Sees to it that a warehouse has the tables of this version of the tracker. One without files is marked with it.
 *
 * @throws SettingError when its tables are another version's: its figures would be wrong, or missing
 */
export async function agreeOnSchema(warehouse: Warehouse): Promise<void> {
  if (await isOfThisSchema(warehouse)) return;
  const [file] = await warehouse.query("select file_id from files limit 1");
  if (file !== undefined) {
    throw new SettingError(
      "The warehouse was made by another version of the tracker, whose tables were not the same.",
      "Run `npx infinity rebuild`: it makes the warehouse anew from the cleaned data, and keeps the old one beside it.",
    );
  }
  await warehouse.transact([
    { sql: "delete from schema_state" },
    { sql: "insert into schema_state (version) select $version", params: { version: schemaVersion } },
  ]);
}
