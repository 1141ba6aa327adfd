import { parseFormat } from "#feed/formats/read-formats.ts";
import { knownKeys } from "../customers/people.ts";
import { openTracker } from "../tracker.ts";

/** What the warehouse says of one file, shortly. */
export interface Told {
  /** `time café payment pence`, in order of place in the file; "≠" where the lines do not add up to it. */
  receipts: string[];
  /** `place: size name (flavour) pence`. */
  lines: string[];
  /** `place reason`. */
  refused: string[];
  /** Why the whole file was refused, and what is behind it. */
  file: { reason: string | null; detail: string | null; format: string | null };
  /** For each receipt, who bought: `basis hash`; null where nobody is known. */
  customers: (string | null)[];
  /** Of customers known by a card or token, as the roll-ups have it: receipts, customers of each day, and receipts on first days. */
  identified: { receipts: number; customers: number; onFirstDays: number } | undefined;
  /** What is wrong with the warehouse. */
  audit: string[];
}

/** Loads one file with formats of these YAML texts, and says what came of it. */
export async function load(
  content: string | Buffer,
  yaml: string | readonly string[],
  { key = "2026/03/02/till.csv", dayStartsAt = "00:00" } = {},
): Promise<Told> {
  const formats = [yaml].flat().map((text, index) => parseFormat(text, `format ${index + 1}`));
  const tracker = await openTracker({ formats, dayStartsAt, keys: knownKeys() });
  try {
    await tracker.deliver(key, content);
    await tracker.run();
    const told = async (sql: string) => (await tracker.query<{ told: string }>(sql)).map((row) => row.told);
    const [file] = await tracker.query<Told["file"]>("select reason, detail, format from files");
    return {
      receipts: await told(
        `select strftime(occurred_at, '%Y-%m-%d %H:%M ') || name || ' ' || payment_method || ' ' || total_pence
           || case when reconciled then '' else ' ≠' end as told
         from transactions join locations using (location_id) order by row_number`,
      ),
      lines: await told(
        `select row_number || ': ' || size || ' ' || products.name || coalesce(' (' || flavour || ')', '') || ' '
           || coalesce(price_pence || '', '?') as told
         from transaction_items join transactions using (transaction_id) join products using (product_id)
         order by row_number, line_number`,
      ),
      refused: await told(
        `select row_number || ' ' || reason as told from quarantine where row_number is not null order by row_number`,
      ),
      file: file ?? { reason: "not there", detail: null, format: null },
      customers: await told(
        `select identity_basis || ' ' || customer_hash as told
         from transactions left join customers using (customer_id) order by row_number`,
      ),
      identified: (
        await tracker.query<NonNullable<Told["identified"]>>(
          `select
             cast(sum(identified_receipts) as integer) as receipts,
             cast(sum(identified_customers) as integer) as customers,
             (select cast(sum(receipts) as integer) from daily_first_visits) as "onFirstDays"
           from daily_sales`,
        )
      )[0],
      audit: await tracker.audit(),
    };
  } finally {
    await tracker.close();
  }
}
