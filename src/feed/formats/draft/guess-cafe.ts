import { readKeyHint } from "../key-hint.ts";
import type { Assigned } from "./assign-columns.ts";
import type { Guess } from "./draft-format.ts";

/** Where the café comes from when no column says it. Undefined when one does. */
export function guessCafe({ cafe }: Assigned, key: string): Guess | undefined {
  if (cafe) return undefined;
  const name = key.slice(key.lastIndexOf("/") + 1);
  if (readKeyHint(key).cafe !== null) {
    if (/^[^/]+_\d{2}-\d{2}-\d{4}/.test(name)) return fromKey("(?<cafe>[^/]+?)_\\d{2}-\\d{2}-\\d{4}[^/]*$");
    if (/^\d{4}-\d{2}-\d{2}-./.test(name)) return fromKey("\\d{4}-\\d{2}-\\d{2}-(?<cafe>[^/]+?)\\.[^./]+$");
  }
  return {
    // Matches no key, so that nothing is loaded under a café that is none.
    value: { key: "^CHANGE-ME/(?<cafe>[^/]+)/" },
    check:
      "no column looks like a café, nor does the file's name, so every row will be refused until you say it here: " +
      "{ constant: The café's name }, or a pattern of the key",
  };
}

function fromKey(pattern: string): Guess {
  return { value: { key: pattern }, check: "no column looks like a café, so it is taken from the file's name" };
}
