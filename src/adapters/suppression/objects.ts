import type { Storage } from "#core/ports/storage.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";
import { storeText } from "#core/store-text.ts";

/** What is known of one customer is all in the key, so that one listing is the whole list. */
interface Entry {
  readonly customerHash: bigint;
  readonly keyFingerprint: string;
  readonly settled: boolean;
}

const entryKey = /^([^/]+)\/(\d{1,19})\.(due|settled)$/;

/**
 * The suppression list as objects of a store, one a customer: nobody who adds one can lose another's. An entry under new keys
 * is written before the old one goes, so a renumbering that was cut off has both, and doing it again finishes it.
 */
export function openStoredSuppression(storage: Storage): SuppressionList {
  const all = async (): Promise<Entry[]> => {
    const entries = new Map<string, Entry>();
    for (const { key } of await storage.list()) {
      const [, keyFingerprint, hash, state] = entryKey.exec(key) ?? [];
      if (keyFingerprint === undefined || hash === undefined) continue;
      const name = `${keyFingerprint} ${hash}`;
      // Where both lie there, something was cut off: there is still work to do.
      const settled = state === "settled" && (entries.get(name)?.settled ?? true);
      entries.set(name, { customerHash: BigInt(hash), keyFingerprint, settled });
    }
    return [...entries.values()].sort((one, other) => (one.customerHash < other.customerHash ? -1 : 1));
  };
  const put = async (entry: Entry) => {
    await storeText(storage, keyOf(entry), "");
    await storage.remove(keyOf({ ...entry, settled: !entry.settled }));
  };
  return {
    all,
    async add(customerHashes, keyFingerprint) {
      for (const customerHash of customerHashes) await put({ customerHash, keyFingerprint, settled: false });
    },
    async settle(customerHashes) {
      const wanted = new Set(customerHashes);
      for (const entry of await all()) if (wanted.has(entry.customerHash)) await put({ ...entry, settled: true });
    },
    async renumber(changes, keyFingerprint) {
      const known = (await all()).filter((entry) => changes.has(entry.customerHash));
      for (const entry of known) {
        await put({ ...entry, customerHash: changes.get(entry.customerHash) ?? entry.customerHash, keyFingerprint });
      }
      for (const entry of known) {
        if (entry.keyFingerprint === keyFingerprint) continue;
        for (const settled of [true, false]) await storage.remove(keyOf({ ...entry, settled }));
      }
    },
    async close() {},
  };
}

function keyOf({ customerHash, keyFingerprint, settled }: Entry): string {
  return `${keyFingerprint}/${customerHash}.${settled ? "settled" : "due"}`;
}
