/** What a secret key is for. Each purpose has a key of its own, so that one leaking does not open the others. */
export const keyPurposes = ["customers", "contents", "sessions"] as const;

/** `customers`: customer ids. `contents`: hashes of till files. `sessions`: signing in. */
export type KeyPurpose = (typeof keyPurposes)[number];

/**
 * The tracker's secret keys: 32 random bytes a purpose, made the first time they are asked for and the same ever after.
 * They live beside the warehouse, never in it.
 *
 * Rotation, when it comes, chains: a customer's new id is the HMAC of the old id under the new key. So a port with
 * rotation answers with every key of the chain, oldest first; `get` is the chain of one key.
 */
export interface Keys {
  /**
   * The key, in a buffer of the caller's own.
   *
   * @throws SettingError when there is a key but it cannot be trusted: cut short, or open to other users.
   */
  get(purpose: KeyPurpose): Promise<Buffer>;
}
