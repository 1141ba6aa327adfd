/** A café's name as people and file names write it: small letters and digits. Two names that are the same so are one. */
export function plainName(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
