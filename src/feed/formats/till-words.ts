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

/** What the engine's patterns do not know, beside those of JavaScript: looking ahead and behind, what matched before, code points by number. */
const notForScans = /\(\?(?:<?[=!]|<)|\\[1-9ku]/;

/** A word of the till's, which YAML may take for a number; empty for a cell with nothing in it; or a pattern. */
const tillWord = z.union([z.string(), z.number().transform(String)]);

/** The till's words for one thing. */
export const tillWords = z.array(
  tillWord.superRefine((word, context) => {
    const source = patternIn(word);
    if (source === undefined) return;
    compile(source, "iu", context);
    if (notForScans.test(source)) {
      context.addIssue({
        code: "custom",
        message: `it should look neither ahead nor behind nor back, as ${JSON.stringify(source)} does`,
      });
    }
  }),
);

/** How words, names and cells are compared: without regard to case and outer spaces. */
export function folded(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}

/** The till's words for one thing: those that are compared as they are, folded, and patterns that a cell may fit instead. */
export interface TillWords {
  words: readonly string[];
  patterns: readonly string[];
}

export function wordsAndPatterns(words: readonly string[]): TillWords {
  return {
    words: words.filter((word) => patternIn(word) === undefined).map(folded),
    patterns: words.flatMap((word) => patternIn(word) ?? []),
  };
}
