import { createHmac } from "node:crypto";

/** What a secret key is for. Each purpose has a key of its own, so that one leaking does not open the others. */
export const keyPurposes = ["customers", "contents", "sessions"] as const;

/** `customers`: customer ids. `contents`: hashes of till files. `sessions`: signing in. */
export type KeyPurpose = (typeof keyPurposes)[number];

/**
 * The tracker's secret keys: 32 random bytes each, made the first time they are asked for and the same ever after.
 * They live beside the warehouse, never in it.
 *
 * Rotation chains: a customer's new id is the HMAC of the old id under the new key, so every key of the chain is needed for
 * as long as till files come in.
 */
export interface Keys {
  /**
   * The first key of a purpose, in a buffer of the caller's own; made when there is none.
   *
   * @throws SettingError when there is a key but it cannot be trusted: cut short, or open to other users.
   */
  get(purpose: KeyPurpose): Promise<Buffer>;
  /**
   * Every key of a purpose, oldest first; none when none was made. Makes nothing.
   *
   * @throws SettingError as `get` does.
   */
  chain(purpose: KeyPurpose): Promise<readonly Buffer[]>;
  /** Makes keys until the chain has this many. No effect when it has. */
  extend(purpose: KeyPurpose, length: number): Promise<void>;
}

/**
 * Names a chain of keys without giving any of them away, and each shorter chain it grew from: the shortest first, itself
 * last. Whatever holds customer ids remembers the name of the chain that made them.
 */
export function fingerprintsOf(chain: readonly Buffer[]): string[] {
  let name = "infinity customer keys";
  return chain.map((key) => {
    name = createHmac("sha256", key).update(name).digest("hex").slice(0, 32);
    return name;
  });
}
