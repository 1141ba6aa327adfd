import { z } from "zod";

/** The pattern in a word that stands between slashes, such as `/^visa/`; undefined for a word as it is. */
export function patternIn(word: string): string | undefined {
  return /^\/(.+)\/$/.exec(word)?.[1];
}

export function compile(source: string, flags: string, context: z.RefinementCtx): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    const message = `it should be a regular expression, and ${JSON.stringify(source)} is not one`;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }
}

/** A word of the till's, which YAML may take for a number; empty for a cell with nothing in it; or a pattern. */
const tillWord = z.union([z.string(), z.number().transform(String)]);

/** The till's words for one thing. */
export const tillWords = z.array(
  tillWord.superRefine((word, context) => {
    const source = patternIn(word);
    if (source !== undefined) compile(source, "iu", context);
  }),
);

/** How words, names and cells are compared: without regard to case and outer spaces. */
export function folded(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}

/** Whether a cell is one of the words, or fits one of the patterns among them. */
export interface TillWords {
  /** True for a cell that is one of the words as it is written. */
  name(cell: string): boolean;
  /** True for a cell that one of the patterns fits. */
  fit(cell: string): boolean;
}

export function readWords(words: readonly string[]): TillWords {
  const names = new Set(words.filter((word) => patternIn(word) === undefined).map(folded));
  const patterns = words.flatMap((word) => new RegExp(patternIn(word) ?? "(?!)", "iu"));
  return {
    name: (cell) => names.has(folded(cell)),
    fit: (cell) => patterns.some((pattern) => pattern.test(cell.trim())),
  };
}
