/** In bytes. */
export const megabyte = 1024 * 1024;
/** In milliseconds. */
export const minute = 60 * 1000;
