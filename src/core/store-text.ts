import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Storage } from "./ports/storage.ts";

/** Stores a short text under a key: whole or not at all, in the place of what was there. */
export async function storeText(storage: Storage, key: string, text: string): Promise<void> {
  const path = join(await storage.scratch(), `${randomUUID()}.text`);
  await writeFile(path, text, { mode: 0o600 });
  await storage.adopt(key, path);
}
