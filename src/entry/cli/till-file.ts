import { readFileSync, statSync } from "node:fs";
import { errorCode, RefusedError, SettingError } from "#core/errors.ts";

/**
 * The bytes of a till file that the user named.
 *
 * @throws SettingError when it cannot be read; RefusedError when it is larger than a till file may be.
 */
export function readTillFile(path: string, largestMegabytes: number): Buffer {
  try {
    if (statSync(path).size > largestMegabytes * 1024 * 1024) {
      throw new RefusedError(
        `${path} is larger than a day of receipts can be: it would be set aside unread (file_too_large).`,
        `At most ${largestMegabytes} MB are read. If it is right, set largestFileMegabytes higher.`,
      );
    }
    return readFileSync(path);
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw new SettingError(
      `The file ${path} cannot be read (${errorCode(error)}).`,
      "Check its spelling and permissions.",
      {
        cause: error,
      },
    );
  }
}
