import { resolve } from "node:path";
import type { Command } from "commander";
import { withHome } from "../../home/with-home.ts";
import { orderFor } from "../../operations/order-to-forget.ts";
import { askForPerson, parsePerson, readAll } from "../person-input.ts";
import { count } from "../present.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";

/** `infinity forget`: answers a request to be forgotten. Who that is comes from standard input, never from an argument. */
export function forgetCommand(): Command {
  return newCommand(
    "forget",
    "forget a customer, by a card number or by a name and a café",
    "forget        (asks; or reads lines such as `card: 4000…`, or `name: …` and `cafe: …`)",
  ).action(async (options: { home?: string; json?: boolean }) => {
    const settings = settingsOf(options);
    const person = process.stdin.isTTY ? await askForPerson() : parsePerson(await readAll(process.stdin));
    const forgotten = await withHome(settings, "infinity forget", async (operations) =>
      operations.forget(await orderFor(person, settings, await operations.identification())),
    );
    if (options.json) printJson(forgotten);
    else {
      print(
        [
          // Somebody unknown gets the same answer: only this tells that it was the wrong home.
          `Done, in ${resolve(settings.home)}. Whatever files come from now on, this person will not be known again.`,
          `Receipts that no longer say who bought them: ${count(forgotten.receipts)}. They stay, as the café's sales.`,
        ].join("\n"),
      );
    }
  });
}
