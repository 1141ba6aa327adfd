import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { RefusedError } from "#core/errors.ts";
import type { Person } from "../operations/order-to-forget.ts";

const howTo = "Give one line `card: …`, or two lines `name: …` and `cafe: …`, on standard input.";

/** More than this is no card and no name. */
const longestInput = 10_000;

/** Everything on standard input, as text. */
export async function readAll(input: AsyncIterable<Buffer | string>): Promise<string> {
  let text = "";
  for await (const chunk of input) {
    text += String(chunk);
    if (text.length > longestInput) throw new RefusedError("That is too long to be one person.", howTo);
  }
  return text;
}

/**
 * Reads who is meant. Nothing of it is ever repeated, in errors either.
 *
 * @throws RefusedError when it is not a card, or a name and a café
 */
export function parsePerson(text: string): Person {
  const given = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") continue;
    const [, field = "", value = ""] = /^\s*(card|name|caf[eé])\s*:\s*(\S.*?)\s*$/i.exec(line.normalize("NFC")) ?? [];
    const known = field.toLowerCase().replace("é", "e");
    if (known === "" || given.has(known)) throw new RefusedError("That does not say who is to be forgotten.", howTo);
    given.set(known, value);
  }
  const [card, name, cafe] = [given.get("card"), given.get("name"), given.get("cafe")];
  if (card !== undefined && given.size === 1) return { card };
  if (name !== undefined && cafe !== undefined && given.size === 2) return { name, cafe };
  throw new RefusedError("That does not say who is to be forgotten.", howTo);
}

/** Asks at the terminal. The card number is not shown as it is typed. */
export async function askForPerson(): Promise<Person> {
  const card = await ask("Card number (not shown; leave empty to give a name and a café): ", false);
  if (card.trim() !== "") return { card: card.trim() };
  const name = await ask("Name, as the till writes it: ", true);
  const cafe = await ask("Café: ", true);
  return parsePerson(`name: ${name}\ncafe: ${cafe}`);
}

async function ask(question: string, shown: boolean): Promise<string> {
  if (!shown) process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // No history: what was typed is not to come back with an arrow key.
  const terminal = createInterface({
    input: process.stdin,
    output: shown ? process.stderr : nowhere,
    terminal: true,
    historySize: 0,
  });
  try {
    const ended = new Promise<never>((_, reject) => {
      terminal.once("close", () => reject(new RefusedError("Nobody was forgotten.", howTo)));
    });
    return await Promise.race([terminal.question(shown ? question : ""), ended]);
  } finally {
    terminal.close();
    if (!shown) process.stderr.write("\n");
  }
}
