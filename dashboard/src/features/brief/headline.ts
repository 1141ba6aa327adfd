import type { Change, ChangeAnswer } from "../../../../src/api/contract/index.ts";
import type { ComparisonWords } from "../../filters/comparing.ts";
import { count, type MoneyPrecision, money, moneyChange } from "../../format/number.ts";
import { causeNames, causePhrase, changePhrase, daypartPhrase } from "../../format/phrases.ts";
import { capital, plural } from "../../format/words.ts";
import { NOTHING_EXPECTED } from "./closed.ts";
import { noneCompared, partCompared } from "./compared.ts";

/** From this share of a change on, one part of the day, or one cause, is said to have made most of it. */
const MOST = 0.5;
/** Up to so many cafés are named one by one. */
const FEW = 3;

interface Facts {
  /** Sales against what was chosen; null when nothing can be compared. */
  sales: Pick<Change, "ratio" | "difference" | "now"> | null;
  change:
    | Pick<ChangeAnswer, "cafes" | "others" | "byCause" | "byDaypart" | "nowPence" | "differencePence" | "comparison">
    | undefined;
  words: Pick<ComparisonWords, "headline">;
  /** Set for a single café, whose name belongs in the headline. */
  cafe?: string | undefined;
  totalPence?: number | null;
  /** Why nothing was expected, where nothing was. */
  closed?: string | undefined;
  precision: MoneyPrecision;
}

/** What changed and where, in one line: Sales up 4.1 % on last Tuesday: Leeds gained £280.40, Chesterfield lost £74.25. */
export function headline({ sales, change, words, cafe, totalPence, closed, precision }: Facts): string {
  if (closed) return closed;
  const subject = cafe ? `${cafe}: sales` : "Sales";
  if (sales?.ratio === null || sales?.ratio === undefined) {
    const who = cafe ?? "These cafés";
    return totalPence === null || totalPence === undefined
      ? `${who} ${cafe ? "has" : "have"} not delivered yet`
      : `${who} took ${money(totalPence, precision)}, with nothing to compare it with`;
  }
  const start = `${subject} ${changePhrase(sales.ratio, words.headline)}`;
  const part = partCompared(sales.now, totalPence);
  // Causes and cafés of a part would read as those of the whole.
  if (part) return `${start}, for the ${part} that can be compared`;
  const where = change ? whereItCameFrom(change, precision) : "";
  return where ? `${start}${cafe ? ", " : ": "}${where}` : start;
}

function whereItCameFrom(change: NonNullable<Facts["change"]>, precision: MoneyPrecision): string {
  const { cafes, others, differencePence } = change;
  if (differencePence === 0) return "";
  if (cafes.length > 1 && cafes.length <= FEW && others.cafes === 0) {
    return cafes
      .toSorted((a, b) => Math.abs(b.differencePence) - Math.abs(a.differencePence))
      .map(
        ({ name, differencePence: pence }) =>
          `${name} ${pence < 0 ? "lost" : "gained"} ${money(Math.abs(pence), precision)}`,
      )
      .join(", ");
  }
  const cause = largest(change.byCause, differencePence);
  const part = cause ? causePhrase(cause.cause, cause.differencePence) : "";
  if (cafes.length === 1) {
    const when = mostOfTheDay(change);
    return [part, when && `mostly ${daypartPhrase(when.fromHour, when.toHour)}`].filter(Boolean).join(", ");
  }
  const cafe = largest(cafes, differencePence);
  if (!cafe) return part;
  return part ? `${part}, most of all in ${cafe.name}` : `most of all in ${cafe.name}`;
}

/** The figures that prove the headline, in two or three sentences. */
export function deck(facts: {
  totalPence: number | null;
  receipts: number | null;
  change: Facts["change"];
  /** The days compared with. */
  days: string;
  other: { change: Pick<Change, "ratio" | "now"> | null | undefined; days: string };
  closed?: string | undefined;
  precision: MoneyPrecision;
}): string {
  const { totalPence, receipts, change, days, other, closed, precision } = facts;
  if (closed) return NOTHING_EXPECTED;
  if (totalPence === null || receipts === null) return "No café has delivered these days yet.";
  if (change && !change.comparison) {
    return `From ${count(receipts)} ${plural(receipts, "receipt")}. ${noneCompared(days)}`;
  }
  const sentences = [`${money(totalPence, precision)} from ${count(receipts)} ${plural(receipts, "receipt")}.`];
  const part = change ? partCompared(change.nowPence, totalPence) : undefined;
  if (change?.comparison && part) {
    const { cafeDaysCompared, cafeDaysLeftOut } = change.comparison;
    sentences.push(
      `Only ${money(change.nowPence, precision)} of it, ${count(cafeDaysCompared)} of ${count(
        cafeDaysCompared + cafeDaysLeftOut,
      )} café-days, can be compared with ${days}.`,
    );
  }
  if (change && change.differencePence !== 0) {
    const when = mostOfTheDay(change);
    const causes = change.byCause
      .toSorted((a, b) => Math.abs(b.differencePence) - Math.abs(a.differencePence))
      .filter(({ differencePence }) => differencePence !== 0)
      .map(
        ({ cause, differencePence }) => `${causeNames[cause].toLowerCase()} ${moneyChange(differencePence, precision)}`,
      );
    sentences.push(`Like for like ${moneyChange(change.differencePence, precision)}: ${causes.join(", ")}.`);
    // Of a part, what changed is enough: when it did would take the room of what part it is.
    if (when && !part) {
      sentences.push(
        `${capital(daypartPhrase(when.fromHour, when.toHour))} it was ${moneyChange(when.differencePence, precision)}.`,
      );
    }
  }
  if (other.change?.ratio !== null && other.change?.ratio !== undefined) {
    const otherPart = partCompared(other.change.now, totalPence);
    const moved = changePhrase(other.change.ratio, "then").replace(/ (on|with) then$/, "");
    sentences.push(`Against ${other.days}: ${moved}${otherPart ? `, for the ${otherPart} that can be compared` : ""}.`);
  }
  return sentences.join(" ");
}

/** The part of the day that made most of a change, if one did. */
export function mostOfTheDay(change: Pick<ChangeAnswer, "byDaypart" | "differencePence">) {
  const part = largest(change.byDaypart, change.differencePence);
  return part && Math.abs(part.differencePence) >= Math.abs(change.differencePence) * MOST ? part : undefined;
}

/** The part that pulled hardest in the direction of the whole. */
function largest<Part extends { differencePence: number }>(parts: readonly Part[], whole: number): Part | undefined {
  return parts
    .filter(({ differencePence }) => Math.sign(differencePence) === Math.sign(whole))
    .toSorted((a, b) => Math.abs(b.differencePence) - Math.abs(a.differencePence))[0];
}
