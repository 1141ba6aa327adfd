import type { CafeBook } from "../cafes/cafe-book.ts";

/** The book as it stood when it was read. Whoever changes it makes another: somebody else may be told of the same one. */
export interface CafeBookReading {
  readonly book: CafeBook;
  /** Names what the store holds, to the letter: for {@link CafeRegistry.replace}, and to tell whether there is news. */
  readonly version: string;
}

/**
 * Where head office's word on cafés is kept: names, places, dates, closures, owners. Outside the warehouse, which can be
 * made anew from till files and this. Small: read whole, replaced whole.
 */
export interface CafeRegistry {
  /**
   * What it says now; an empty book where nothing was ever written.
   *
   * @throws SettingError when it cannot be read, or does not make sense: where, and what is allowed there.
   */
  read(): Promise<CafeBookReading>;
  /**
   * The version a reading would have now, which takes no reading: most often nothing has changed.
   *
   * @throws SettingError when it cannot be read.
   */
  version(): Promise<string>;
  /**
   * Puts another book in the place of the one that was read: whole and durable, or not at all.
   *
   * @param version of the reading that the new book was made from
   * @throws BusyError when somebody else changed it since
   */
  replace(book: CafeBook, version: string): Promise<void>;
}
