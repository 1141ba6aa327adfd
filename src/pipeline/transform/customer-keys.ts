/** SHA-256 works on blocks of this many bytes. */
const blockBytes = 64;

/**
 * The two padded keys of HMAC (RFC 2104): the engine has SHA-256 but no HMAC, and
 * `sha256(outer || sha256(inner || text))` is the same thing. Bound as parameters, so the key is never in SQL text.
 */
export function hmacPads(key: Buffer): { outer: Buffer; inner: Buffer } {
  if (key.length > blockBytes) throw new RangeError("an HMAC key of at most 64 bytes is expected here");
  const padded = Buffer.concat([key, Buffer.alloc(blockBytes - key.length)]);
  return { outer: padded.map((byte) => byte ^ 0x5c) as Buffer, inner: padded.map((byte) => byte ^ 0x36) as Buffer };
}
