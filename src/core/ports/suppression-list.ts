/** A customer who is to be forgotten. Nothing is known of them but the id that the tracker would give them. */
interface SuppressedCustomer {
  readonly customerHash: bigint;
  /** Names the chain of keys that made the id. */
  readonly keyFingerprint: string;
  /** False until the warehouse and the clean store hold it no more: a forgetting that was cut off is finished later. */
  readonly settled: boolean;
}

/**
 * The customers who asked to be forgotten, so that no file that is loaded, replayed, rebuilt or restored brings them back.
 * Outside the warehouse and never part of its backups: of two copies the one with more in it is right.
 */
export interface SuppressionList {
  /** Everybody on the list, by id, whoever was just added too: one too few is taken for a list that was lost. */
  all(): Promise<SuppressedCustomer[]>;
  /** Puts customers on the list as not settled, those too who are on it already. On disk when the promise settles. */
  add(customerHashes: readonly bigint[], keyFingerprint: string): Promise<void>;
  /** Marks these as settled. No effect for those who are not on the list. */
  settle(customerHashes: readonly bigint[]): Promise<void>;
  /** Gives customers their new ids under a longer chain of keys, old to new: all of them or none. */
  renumber(changes: ReadonlyMap<bigint, bigint>, keyFingerprint: string): Promise<void>;
  /** Closing again does nothing. */
  close(): Promise<void>;
}
