import { readdirSync, readFileSync } from "node:fs";
import type { CafeBookReading } from "#core/ports/cafe-registry.ts";
import type { SqlValue, Statement } from "#core/ports/warehouse.ts";
import { withModels } from "#core/warehouse/models.ts";
import { splitStatements } from "#core/warehouse/schema.ts";
import { twoMonths } from "#core/warehouse/two-months.ts";
import { type NumberedCafe, registryStatements } from "./registry-statements.ts";

/**
 * The whole load as one list of statements, with no read in between that decides what to send next: Redshift takes them
 * as one batch, and the other warehouses run the same list.
 */
export function loadStatements(
  registry: CafeBookReading,
  batch: Record<string, SqlValue>,
  kept: readonly NumberedCafe[] = [],
): Statement[] {
  const params = { ...batch, registry_fingerprint: registry.version };
  return [...registryStatements(registry, kept), ...steps.map((statement) => ({ ...statement, params }))];
}

/** Files whose statements do nothing while one of these temporary tables is empty, which it mostly is. */
const idleWithout: Readonly<Record<string, readonly string[]>> = {
  "11-known-keys": ["ledger_heads"],
  "12-replace": ["replaced_files"],
  "13-outdated-refusals": ["outdated_refusals"],
  "15-merges": ["registry_news"],
  "16-merge": ["registry_news", "merged_locations"],
  "17-names": ["registry_news"],
  "18-new-cafes": ["registry_news"],
  "25-registry": ["registry_news"],
  "41-contests": ["contested_days"],
  "64-weekly-segments": ["recounted_windows"],
  "67-recounts": ["recounted_days"],
};

/** Done once for each two months that share a mask. */
const byTwoMonths = "61-customer-months";

const folder = new URL("./sql/", import.meta.url);
const modelsFolder = new URL("./models/", import.meta.url);

/** The statements of one of the `.sql` files of this stage, with the models they read and without their parameters. */
export function statementsIn(name: string): Statement[] {
  const statements = splitStatements(readFileSync(new URL(`${name}.sql`, folder), "utf8")).map((sql) =>
    withModels(sql, modelsFolder),
  );
  if (name !== byTwoMonths) return statements.map((sql) => ({ sql, ...waiting(idleWithout[name]) }));
  return twoMonths.flatMap(({ first, second }, index) => {
    const names: Record<string, string> = { first, second, place: String(index + 1) };
    return statements.map((sql) => ({
      sql: sql.replace(/{{(\w+)}}/g, (_, placeholder) => names[placeholder] ?? ""),
      ...waiting([`counted_months where two_months = ${index + 1}`]),
    }));
  });
}

function waiting(tables: readonly string[] | undefined): Pick<Statement, "idleWithout"> {
  return tables === undefined ? {} : { idleWithout: tables };
}

const steps: readonly Statement[] = readdirSync(folder)
  .filter((name) => /^[1-9]\d-/.test(name))
  .sort()
  .flatMap((name) => statementsIn(name.replace(/\.sql$/, "")));
