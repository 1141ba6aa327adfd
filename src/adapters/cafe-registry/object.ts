import { BusyError } from "#core/errors.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";
import type { Storage } from "#core/ports/storage.ts";
import { storeText } from "#core/store-text.ts";
import { parsed, rewritten, versionOf } from "./book-text.ts";

const key = "cafes.yaml";

/**
 * The registry of cafés as the object `cafes.yaml` of a store: the same text a person would edit, kept where every function
 * can read it. Of two who write within the same moment the later wins; whoever read before the other wrote is told so.
 */
export function openCafeObject(storage: Storage): CafeRegistry {
  const path = `${storage.url}/${key}`;
  const readText = async () =>
    (await storage.stat(key)) === undefined ? "" : (await storage.read(key)).toString("utf8");
  return {
    async read() {
      const text = await readText();
      return { book: parsed(text, path), version: versionOf(text) };
    },
    async version() {
      return versionOf(await readText());
    },
    async replace(book, version) {
      const text = await readText();
      if (versionOf(text) !== version) {
        throw new BusyError(`${path} was changed by somebody else in the meantime.`, "Try again.");
      }
      await storeText(storage, key, rewritten(text, parsed(text, path), book));
    },
  };
}
