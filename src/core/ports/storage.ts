/** One object as a listing shows it. Listing never opens an object. */
export interface StoredObject {
  /** The path below the store's root, with forward slashes. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** When the store says the object last changed, in milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/**
 * Where till files lie (the raw store) and where transform leaves its Parquet (the clean store): a folder or a bucket.
 * Keys are checked against {@link isSafeKey}; an adapter refuses any other key and anything reached through a link.
 */
export interface Storage {
  /** The canonical address of this store; two stores with the same address are the same store. */
  readonly url: string;
  /**
   * Every object whose key passes {@link isSafeKey}, in key order.
   *
   * @param onSome told of each object while the listing goes on, some at a time and in any order
   */
  list(onSome?: (objects: readonly StoredObject[]) => void): Promise<StoredObject[]>;
  /** What a listing would say of this one object now; undefined when it is not there. */
  stat(key: string): Promise<StoredObject | undefined>;
  /** The object's bytes. Throws a TerminalError when it is gone. */
  read(key: string): Promise<Buffer>;
  /**
   * A path on this machine at which the object can be read. `release` must be called when done: an adapter that had to
   * copy the object removes the copy.
   */
  localise(key: string): Promise<{ path: string; release(): Promise<void> }>;
  /**
   * Stores the file at `path` under `key`, taking the file over: whole and durable, or not at all. Replaces what was there.
   */
  adopt(key: string, path: string): Promise<void>;
  /** A folder on this machine for files that {@link adopt} will take, on the same disk where that matters. */
  scratch(): Promise<string>;
  /** Removes the object; no error when it is not there. */
  remove(key: string): Promise<void>;
}

/** Characters of the longest key. */
export const longestKey = 1024;

const safeKey = /^(?!\/)(?!.*\/\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^\p{Cc}\\]+$/su;

/** True for a relative path with forward slashes, no empty, `.` or `..` part and no control characters. */
export function isSafeKey(key: string): boolean {
  return key.length <= longestKey && safeKey.test(key) && !key.endsWith("/");
}
