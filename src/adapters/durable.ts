import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "#core/errors.ts";

/** Forces a file's bytes, or a folder's entries, to disk. Windows cannot open folders and writes their entries itself. */
export async function syncPath(path: string): Promise<void> {
  // Windows flushes only what is open for writing; a folder can only be opened for reading.
  const flags = process.platform === "win32" ? "r+" : "r";
  try {
    await using handle = await open(path, flags);
    await handle.sync();
  } catch (error) {
    const folderOnWindows = process.platform === "win32" && ["EISDIR", "EPERM"].includes(errorCode(error) ?? "");
    if (!folderOnWindows) throw error;
  }
}

/** Creates what is missing of `folder` below `root`, each entry forced to disk. */
export async function makeFolders(folder: string, root: string): Promise<void> {
  if (folder === root) return;
  await makeFolders(dirname(folder), root);
  try {
    await mkdir(folder);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  }
  // Also when the folder was there: whoever made it may not have come to this yet.
  await syncPath(dirname(folder));
}
