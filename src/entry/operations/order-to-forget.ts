import { plainName } from "#core/cafes/plain-name.ts";
import { RefusedError } from "#core/errors.ts";
import type { Settings } from "#core/settings.ts";
import type { ForgetOrder } from "#pipeline/forget.ts";
import { identifyPerson } from "#pipeline/transform/identify-person.ts";
import { openKeeper } from "../home/choose-adapters.ts";
import type { Identification } from "./read-identification.ts";

/** A person as somebody who answers a request writes them down. */
export type Person = { readonly card: string } | { readonly name: string; readonly cafe: string };

/**
 * Works out, in this process, which ids the person would have. Only those go on: not even `infinity serve` is told a name or
 * a card.
 *
 * @throws RefusedError when that is no card, no name, or no café; it does not repeat what was given
 */
export async function orderFor(
  person: Person,
  settings: Settings,
  { cafes, keyFingerprint }: Identification,
): Promise<ForgetOrder> {
  const chain = await (await openKeeper(settings)).chain("customers");
  if ("card" in person) return { customerHashes: await identifyPerson(person, chain), keyFingerprint };
  // Whichever of its names was given, the person may be known under any other: a till's old spelling, a merged café's.
  const meant = plainName(person.cafe);
  const names = new Set(
    cafes
      .filter(({ name, spelling }) => [name, spelling].some((text) => plainName(text) === meant))
      .map(({ name }) => name),
  );
  const spellings = cafes.filter(({ name }) => names.has(name)).map(({ spelling }) => spelling);
  if (spellings.length === 0) {
    throw new RefusedError("No café of that name has ever delivered.", "`infinity cafes list` lists the cafés.");
  }
  return { customerHashes: await identifyPerson({ name: person.name, cafes: spellings }, chain), keyFingerprint };
}
