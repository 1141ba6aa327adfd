import type { Command } from "commander";
import { RefusedError } from "#core/errors.ts";
import type { FailedAudit } from "#pipeline/load/audit.ts";
import { withHome } from "../../home/with-home.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";
import { table } from "../table.ts";

/** `infinity audit`: is every roll-up what the receipts add up to? It ends with 1 when one is not. */
export function auditCommand(): Command {
  return newCommand("audit", "work out every roll-up again from the receipts, and say what differs", "audit").action(
    async ({ json, ...options }: { home?: string; json?: boolean }) => {
      const failed = await withHome(settingsOf(options), "infinity audit", (operations) => operations.audit());
      if (json) printJson(failed);
      else print(failed.length === 0 ? "Every roll-up is what the receipts add up to." : describeFailed(failed));
      if (failed.length > 0) {
        const names = failed.map(({ name }) => name).join(", ");
        throw new RefusedError(
          `The warehouse does not pass its audit: ${names}.`,
          "`infinity rebuild` makes it anew from what was loaded.",
        );
      }
    },
  );
}

function describeFailed(failed: readonly FailedAudit[]): string {
  return failed
    .map(({ name, rows }) => {
      const columns = Object.keys(rows[0] ?? {});
      const cells = rows.map((row) => columns.map((column) => row[column]));
      return `${name}, the first rows that differ:\n\n${table(columns, cells)}`;
    })
    .join("\n\n");
}
