import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import type { KnownFormat } from "#feed/formats/read-formats.ts";
import { menuFlavours, productCategories } from "#feed/menu/categories.ts";
import { readStageSql } from "./engine.ts";

/**
 * Names everything that decides what a file becomes: the SQL of this stage, the till formats, the menu and when a
 * business day starts. It is written beside every file in the ledger, so that what an older version made can be found.
 */
export function transformVersion(formats: readonly KnownFormat[], dayStartsAt: string): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(new URL("./sql/", import.meta.url)).sort())
    hash.update(readStageSql(file.replace(/\.sql$/, "")));
  for (const format of formats) hash.update(format.text);
  hash.update(JSON.stringify([productCategories, menuFlavours])).update(dayStartsAt);
  return hash.digest("hex").slice(0, 16);
}
