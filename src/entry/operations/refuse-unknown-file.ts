import { RefusedError } from "#core/errors.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { didYouMean } from "./nearest-names.ts";

/**
 * A file that a person names to be read again must be one that the ledger knows: a slip of the pen would else be a replay of
 * nothing, which looks like one that found nothing to do.
 *
 * @param sourceUrl the store below which the file lies
 * @throws RefusedError naming the files whose paths come near
 */
export async function refuseUnknownFile(
  warehouse: Pick<Warehouse, "queryMany">,
  sourceUrl: string,
  file: string,
): Promise<void> {
  const known = await warehouse.queryMany<{ key: string }>(
    `select distinct key
     from files
     where source_id = (select source_id from sources where url = $source_url)`,
    { source_url: sourceUrl },
  );
  const keys = new Set(known.map(({ key }) => key));
  if (keys.has(file)) return;
  const otherwise = "Write its path below the source, as `infinity quarantine` and `infinity why` do.";
  throw new RefusedError(
    `No file called "${file}" was ever read from ${sourceUrl}.`,
    file === "" ? otherwise : didYouMean(file, keys, otherwise),
  );
}
