import { parentPort, workerData } from "node:worker_threads";
import { errorCode } from "#core/errors.ts";
import type { StoredObject } from "#core/ports/storage.ts";
import { listNext } from "./list-folder.ts";

/** What a thread is asked to list: the folders, each ending in a slash, and all below them. */
export interface ListingJob {
  readonly root: string;
  readonly folders: readonly string[];
}

/**
 * What a thread reports: objects, or why it could not go on. Columns, because as single objects they would take longer to hand over than to
 * find; a key holds no line feed.
 */
export type ListingReport =
  | { readonly keys: string; readonly sizes: Float64Array; readonly times: Float64Array }
  | { readonly failed: string | undefined };

/** Objects that are reported together. */
const reportedAtOnce = 5000;

const { root, folders } = workerData as ListingJob;
const report = (message: ListingReport) => parentPort?.postMessage(message);
const reportObjects = (objects: readonly StoredObject[]) => {
  if (objects.length === 0) return;
  report({
    keys: objects.map(({ key }) => key).join("\n"),
    sizes: Float64Array.from(objects, ({ size }) => size),
    times: Float64Array.from(objects, ({ modifiedAt }) => modifiedAt),
  });
};

try {
  const left = [...folders];
  let objects: StoredObject[] = [];
  while (left.length > 0) {
    objects.push(...listNext(root, left));
    if (objects.length < reportedAtOnce) continue;
    reportObjects(objects);
    objects = [];
  }
  reportObjects(objects);
} catch (error) {
  report({ failed: errorCode(error) });
}
