import type { Command } from "commander";
import { withHome } from "../../home/with-home.ts";
import type { Status } from "../../operations/read-status.ts";
import { receiptsWords } from "../../operations/unusually-small.ts";
import { count, counted, dayName, pounds } from "../present.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";

/** `infinity status`: what is in the warehouse, what is missing and what is unusually small. */
export function statusCommand(): Command {
  return newCommand(
    "status",
    "say what is in the warehouse, which cafés are missing, and which sent far less than usual",
    "status",
  ).action(async (options: { home?: string; json?: boolean }) => {
    const status = await withHome(settingsOf(options), "infinity status", (operations) => operations.status());
    if (options.json) printJson(status);
    else print(describeStatus(status));
  });
}

/** The most missing cafés to name before the rest is a number. */
const namedAtMost = 12;

/** The state of the warehouse as a person reads it. */
function describeStatus(status: Status): string {
  if (status.firstDate === null || status.lastDate === null) {
    return [
      "The warehouse is empty. Load till files with: npx infinity run --source DIR",
      ...describeGivenUp(status),
    ].join("\n");
  }
  const lines = [
    `${counted(status.cafes, "café")}, ${dayName(status.firstDate)} to ${dayName(status.lastDate)}`,
    `  Sales      ${pounds(status.totalPence)}`,
    `  Receipts   ${count(status.receipts)}, with ${counted(status.items, "item")}`,
    `  Products   ${count(status.products)}`,
    `  Customers  ${count(status.customers)} known by a card, or by a name at one café`,
    `  Files      ${describeFiles(status.files)}`,
  ];
  const { rows, files, pence } = status.quarantine;
  if (rows + files > 0) {
    lines.push(
      `  Set aside  ${counted(rows, "row")} and ${counted(files, "whole file")}, ${pounds(pence)} where the total could be read`,
    );
  }
  lines.push(...describeGivenUp(status));
  if (status.unplacedCafes.length > 0) lines.push(`  No region  ${someOf(status.unplacedCafes)}`);
  const { cafes, date } = status.missing;
  if (date !== null) {
    lines.push(
      "",
      cafes.length === 0
        ? `Every café delivered for ${dayName(date)}.`
        : `Nothing for ${dayName(date)} from ${counted(cafes.length, "café")}:`,
    );
    for (const cafe of cafes.slice(0, namedAtMost)) {
      lines.push(`  ${cafe.name}${cafe.lastDate === null ? "" : `, last heard of ${dayName(cafe.lastDate)}`}`);
    }
    if (cafes.length > namedAtMost) lines.push(`  and ${count(cafes.length - namedAtMost)} more`);
  }
  lines.push(...describeUnusuallySmall(status.unusuallySmall));
  return lines.join("\n");
}

function describeGivenUp({ givenUp }: Status): string[] {
  return givenUp > 0
    ? [
        `  Given up   ${counted(givenUp, "batch", "batches")}; \`infinity redrive\` puts ${givenUp === 1 ? "it" : "them"} back`,
      ]
    : [];
}

function describeUnusuallySmall({ date, cafes }: Status["unusuallySmall"]): string[] {
  if (date === null || cafes.length === 0) return [];
  return [
    "",
    `Far fewer receipts than usual for ${dayName(date)} from ${counted(cafes.length, "café")}:`,
    ...cafes
      .slice(0, namedAtMost)
      .map(
        ({ name, receipts, usualReceipts }) => `  ${name}, ${receiptsWords(receipts)}, usually ${count(usualReceipts)}`,
      ),
    ...(cafes.length > namedAtMost ? [`  and ${count(cafes.length - namedAtMost)} more`] : []),
  ];
}

function someOf(names: readonly string[]): string {
  const rest = names.length - namedAtMost;
  return rest > 0 ? `${names.slice(0, namedAtMost).join(", ")} and ${count(rest)} more` : names.join(", ");
}

function describeFiles({ loaded, duplicate, superseded, quarantined }: Status["files"]): string {
  const parts: [number, string][] = [
    [loaded, "loaded"],
    [duplicate, "the same as another"],
    [superseded, "replaced by a corrected one"],
    [quarantined, "refused"],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${count(number)} ${words}`)
    .join(", ");
}
