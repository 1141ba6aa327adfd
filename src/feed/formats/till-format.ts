import { z } from "zod";

/** What a till's column can hold. `skip` is a column we have no use for. */
export const columnMeanings = ["time", "cafe", "customer", "basket", "total", "payment", "card", "skip"] as const;
export type ColumnMeaning = (typeof columnMeanings)[number];

/** What every format must give us: without one of these a row is no receipt. */
const needed = ["time", "cafe", "basket", "total", "payment"] as const;

const pattern = z.string().transform((source, context) => {
  try {
    return new RegExp(source, "u");
  } catch {
    context.addIssue({ code: "custom", message: `a regular expression; ${JSON.stringify(source)} is not one` });
    return z.NEVER;
  }
});
const patterns = z.partialRecord(z.enum(columnMeanings), pattern);

/**
 * How one kind of till writes its file, as data. A file is recognised by its number of columns and the shape of its
 * first row (after the header, where there is one).
 */
export const tillFormatSchema = z
  .strictObject({
    /** The format's name in the ledger. */
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "small letters, digits and hyphens"),
    /** One line for a person. */
    title: z.string().min(1),
    header: z.enum(["none", "first-row"]),
    /** The columns in the order the till writes them. */
    columns: z.array(z.enum(columnMeanings)).min(needed.length).max(64),
    time: z.strictObject({
      /** strptime formats, tried in turn. The time is UK wall-clock time. */
      formats: z.array(z.string().regex(/%/, "a format such as %d/%m/%Y %H:%M")).min(1),
    }),
    /**
     * `list`: "Regular Latte - 2.15, Large Latte - 2.45". `triples`: size, name and price in turn, size possibly empty.
     */
    basket: z.enum(["list", "triples"]),
    /** The till's words for each payment method, compared without regard to case. */
    payment: z.strictObject({ CARD: z.array(z.string()).min(1), CASH: z.array(z.string()).min(1) }),
    /** `number`: the digits alone. `type-and-number`: "visa,4000…" or "None". */
    card: z.enum(["number", "type-and-number"]),
    /** This till ends every row with a line end, so a file that does not end with one was cut short. */
    finalNewline: z.boolean(),
    /** This till writes refunds as negative totals. */
    refunds: z.boolean().default(false),
    recognise: z.strictObject({ header: patterns.optional(), row: patterns }),
  })
  .superRefine((format, context) => {
    for (const meaning of needed) {
      if (!format.columns.includes(meaning)) {
        context.addIssue({ code: "custom", path: ["columns"], message: `a list that has the column "${meaning}"` });
      }
    }
    for (const meaning of columnMeanings) {
      if (meaning !== "skip" && format.columns.filter((column) => column === meaning).length > 1) {
        context.addIssue({ code: "custom", path: ["columns"], message: `a list that has "${meaning}" only once` });
      }
    }
  });

export type TillFormat = z.infer<typeof tillFormatSchema>;
