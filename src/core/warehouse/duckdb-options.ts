/**
 * How an instance of DuckDB is made that reads more than one file. Its cache of files takes one for the file it knows when inode, size
 * and the second of the last change are the same; one that was removed and written again may have all three, and is then read by the old
 * one's statistics and offsets: rows that are there are left out, without an error. Nothing here reads a file often enough to miss it.
 */
export const duckdbOptions = { enable_external_file_cache: "false" } as const;
