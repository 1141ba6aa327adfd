/**
 * How long a client of AWS waits, in milliseconds: for a connection, and for a word on it. Left to itself, the one for S3 waits for
 * good on a connection that has died without a sign, and a run with it.
 */
export const patience = { connectionTimeout: 10_000, socketTimeout: 60_000 };
