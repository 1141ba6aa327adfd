import { z } from "zod";
import { type ColumnMeaning, columnMeanings } from "./column-meanings.ts";
import { formatMistakes } from "./format-mistakes.ts";
import { delimiterCharacters } from "./split-line.ts";
import { compile, folded, patternIn, tillWords } from "./till-words.ts";
import { timeFormatFaults } from "./time-format-faults.ts";

const pattern = z.string().transform((source, context) => compile(source, "u", context));
const patterns = z.partialRecord(z.enum(columnMeanings), pattern);

/** What a header cell says: a name, compared without regard to case and outer spaces, or a pattern between slashes. */
export interface HeaderName {
  readonly text: string;
  matches(cell: string): boolean;
}

/** YAML takes a word such as 12 for a number. */
const word = z.union([z.string().min(1), z.number().transform(String)]);
const words = z.array(word);

const headerName = word.transform((text, context): HeaderName => {
  const source = patternIn(text);
  if (source === undefined) return { text, matches: (cell) => folded(cell) === folded(text) };
  const regexp = compile(source, "iu", context);
  return { text, matches: (cell) => regexp.test(cell.trim()) };
});
const headerNames = z.union([headerName.transform((name) => [name]), z.array(headerName).min(1)]);
const named = z.enum(columnMeanings).exclude(["skip"]);

/** Words that cells of some columns are compared with. */
const wordsByColumn = z.partialRecord(named, tillWords);

const timeFormat = z.string().superRefine((format, context) => {
  const faults = timeFormatFaults(format);
  if (faults.length > 0) context.addIssue({ code: "custom", message: faults.join("; ") });
});

const payment = z.strictObject({ CARD: tillWords, CASH: tillWords });

/**
 * How one kind of till writes its file, as data. A file is recognised by the names in its header, or by its number of
 * columns and the shape of its first rows.
 */
export const tillFormatSchema = z
  .strictObject({
    /** The format's name in the ledger. A format of the user's own replaces a built-in one of the same name. */
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
    /** One line for a person. */
    title: z.string().min(1),
    /** What parts the cells of a row. Quotes are always double quotes. */
    delimiter: z
      .enum([...delimiterCharacters, "tab"])
      .transform((delimiter) => (delimiter === "tab" ? "\t" : delimiter))
      .default(","),
    header: z.enum(["none", "first-row"]),
    /**
     * Which column holds what. A list: by position, in the order the till writes them. Names: by what the header says, in
     * any order and among any others: one name or several, each as written or a pattern between slashes.
     */
    columns: z.union([
      z.array(z.enum(columnMeanings)).min(2).max(64),
      z.partialRecord(named, headerNames) as z.ZodType<Partial<Record<ColumnMeaning, HeaderName[]>>>,
    ]),
    time: z.strictObject({
      /** strptime formats, tried in turn. Where date and clock have a column each: both, with one space between. */
      formats: z.array(timeFormat).min(1),
    }),
    /** Where the café's name comes from: its column; the same for every file; or the group `cafe` of a pattern of the key. */
    cafe: z
      .union([
        z.literal("column"),
        z.strictObject({ constant: z.string().trim().min(1).max(200) }),
        z.strictObject({
          key: pattern.refine(
            ({ source }) => source.includes("(?<cafe>"),
            "it should be a pattern with a group (?<cafe>…)",
          ),
        }),
      ])
      .default("column"),
    /**
     * `list`: "Regular Latte - 2.15, Large Latte - 2.45". `triples`: size, name and price in turn, size possibly empty.
     * `rows`: one row is one item. Rows of one `receipt` number, café and business day are a receipt; without such a column,
     * rows that follow each other with the same time, café, customer, card and payment are, unless their totals differ.
     */
    basket: z.enum(["list", "triples", "rows"]),
    /** What an item's price is for. `line`: for all of its quantity. `none`: items have no prices, only receipts a total. */
    price: z.enum(["item", "line", "none"]).default("item"),
    /** The till's own words for sizes, where they have a column. An empty cell is `standard`. */
    sizes: z
      .strictObject({ regular: words.default([]), large: words.default([]), standard: words.default([]) })
      .default({ regular: ["regular"], large: ["large"], standard: ["standard"] }),
    /** How this till writes an amount, shown by an example. A £ may always stand before it. */
    money: z.enum(["1,234.56", "1.234,56", "1 234,56"]).default("1,234.56"),
    /**
     * The till's words for each payment method, compared without regard to case, and patterns between slashes, which a word beats.
     * An empty one stands for a receipt that says nothing. Where there is no payment column, a receipt with a card is a card's,
     * and any other what the empty word says, else cash.
     */
    payment: payment.default({ CARD: ["CARD"], CASH: ["CASH"] }),
    /**
     * `number`: the digits alone. `type-and-number`: "visa,4000…" or "None". `token`: what the till or its bank put in the
     * place of the number; it may be on cash receipts too, as a loyalty card is.
     */
    card: z.enum(["number", "type-and-number", "token"]).default("number"),
    /** This till ends every row with a line end, so a file that does not end with one was cut short. */
    finalNewline: z.boolean().default(false),
    /**
     * This till writes refunds as negative totals. Words, by column, say which rows are refunds: their amounts count as given back,
     * whether there is a minus before them or not.
     */
    refunds: z.union([z.boolean(), wordsByColumn]).default(false),
    /** Words, by column, of rows that are no sales: what was voided, payments among items, totals at the end. */
    skip: wordsByColumn.default({}),
    /** What cells look like, as patterns, where columns go by position: those of a row, and those of the header above it. */
    recognise: z.strictObject({ header: patterns.optional(), row: patterns.default({}) }).default({ row: {} }),
  })
  .superRefine((format, context) => {
    for (const [path, message] of formatMistakes(format, meaningsOf(format)))
      context.addIssue({ code: "custom", path: [path], message });
  });

export type TillFormat = z.output<typeof tillFormatSchema>;

/** The meanings of a format's columns, in the order the format names them. */
export function meaningsOf({ columns }: Pick<TillFormat, "columns">): ColumnMeaning[] {
  return Array.isArray(columns) ? columns : (Object.keys(columns) as ColumnMeaning[]);
}

/** Rows of the format that are not receipts. */
export function headerRows({ header }: Pick<TillFormat, "header">): number {
  return header === "first-row" ? 1 : 0;
}
