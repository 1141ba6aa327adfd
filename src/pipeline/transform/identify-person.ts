import { RefusedError } from "#core/errors.ts";
import { TransformEngine } from "./engine.ts";
import { numberIdentities } from "./number-customers.ts";

/** A person as a till writes them: by a card, or by a name at a café, in each way the tills spell that café. */
export type WrittenPerson = { readonly card: string } | { readonly name: string; readonly cafes: readonly string[] };

/**
 * The ids that transform gives this person: one for a card, one for each spelling of the café for a name. The person goes
 * through the same SQL as a receipt, so there is no second opinion on what makes two people the same.
 *
 * @throws RefusedError when no receipt with this card or name would get a customer; the message does not repeat them.
 */
export async function identifyPerson(person: WrittenPerson, chain: readonly Buffer[]): Promise<bigint[]> {
  const rows =
    "card" in person
      ? [{ cafe: "-", card: person.card, payment: "CARD" }]
      : person.cafes.map((cafe) => ({ cafe, name: person.name, payment: "CASH" }));
  const engine = await TransformEngine.open([]);
  try {
    await engine.runFile("01-tables", { day_starts_minutes: 0 });
    await engine.run("insert into batch_files (file_no) values (1)");
    await engine.runFile("02-rows");
    await engine.run(
      `insert into scanned_rows (receipt_no, file_no, cells)
       select 1, 1, {
         'other_cafe': entry.cafe, 'customer_text': entry.name, 'card_text': trim(entry.card), 'payment_method': entry.payment
       }
       from (select unnest(from_json($rows, '[{"cafe":"VARCHAR","name":"VARCHAR","card":"VARCHAR","payment":"VARCHAR"}]')) as entry)`,
      { rows: JSON.stringify(rows) },
    );
    await engine.runFile("03-cafes");
    await numberIdentities(engine, chain);
    const found = await engine.rows<{ customer_hash: string }>(
      "select distinct cast(customer_hash as varchar) as customer_hash from identities order by all",
    );
    if (found.length > 0) return found.map((row) => BigInt(row.customer_hash));
    throw new RefusedError(
      "card" in person ? "That is not a whole card number." : "That is not a name at a café.",
      "A card number has 8 to 19 digits; spaces and hyphens do not matter. A name must not be empty.",
    );
  } finally {
    engine.close();
  }
}
