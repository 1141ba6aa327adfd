import { Scope } from "#core/scope.ts";
import type { Metric } from "../metric.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import type { CafeDeliveries } from "../trust/cafe-deliveries.ts";
import { type DeliveriesAnswer, deliveriesAnswer } from "./schema.ts";

const lastDeliveredStatement = statementOf(new URL("./last-delivered.sql", import.meta.url));
const unassignedStatement = statementOf(new URL("./unassigned.sql", import.meta.url));
const unusuallySmallStatement = statementOf(new URL("./unusually-small.sql", import.meta.url));
const mostDates = 60;

type Row = DeliveriesAnswer["cafes"][number];
type State = Row["state"];

interface UnassignedRow {
  refusedRows: number;
  refusedFiles: number;
  pence: number;
}

const order: State[] = ["missing", "part", "in", "closed", "not_open"];

/** Which cafés are in? */
export const deliveries: Metric<Record<never, never>, DeliveriesAnswer> = {
  name: "deliveries",
  question: "Which cafés are in, and how good is what they sent?",
  formula:
    "A café-day is in when a delivery of it counts, empty ones included; missing when the café was open and nothing came; restated " +
    "when a later file corrected it; unusually small when it has under a third of the receipts usual for that café and weekday. " +
    "Usual is the mean of that weekday over the eight weeks before, without bank holidays and planned closures, which are not " +
    "judged either; it takes at least four such days, and a mean of at least 20.",
  grain: "A café.",
  units: "Days; receipts; pence; rows.",
  suppression: "Refused rows that name no known café are counted only for those who may see every café.",
  answer: deliveriesAnswer,
  table: "cafes",
  async run(question) {
    const alone = { comparison: null };
    const [head, cafes, lastDelivered, unusuallySmall, unassigned] = await Promise.all([
      question.head(),
      question.deliveries(),
      readLastDelivered(question),
      question.query<DeliveriesAnswer["unusuallySmall"][number]>(unusuallySmallStatement, alone),
      readUnassigned(question),
    ]);
    const rows = cafes.map((cafe) => rowOf(cafe, lastDelivered.get(cafe.cafeId) ?? null));
    return {
      ...head,
      cafes: rows.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
      unusuallySmall,
      unassigned,
    };
  },
};

/** Each café's latest day with a delivery up to the period's end. Periods that end alike share it, whichever their cafés. */
async function readLastDelivered(question: Question): Promise<ReadonlyMap<number, string>> {
  const everyone = new Scope([...question.scope.locationIds, ...question.others.chain.locationIds]);
  return await question.onceForAll(`last delivered by ${question.period.to}`, async () => {
    const rows = await question.query<{ cafeId: number; lastDeliveredOn: string }>(lastDeliveredStatement, {
      scope: everyone,
      comparison: null,
    });
    return new Map(rows.map(({ cafeId, lastDeliveredOn }) => [cafeId, lastDeliveredOn]));
  });
}

/** What was refused in the period and names no café, for those who may see every one. */
async function readUnassigned(question: Question): Promise<DeliveriesAnswer["unassigned"]> {
  const nothing = { rows: 0, files: 0, pence: 0 };
  if (question.others.chain.locationIds.length > 0) return nothing;
  const [row] = await question.query<UnassignedRow>(unassignedStatement, { comparison: null });
  return row ? { rows: row.refusedRows, files: row.refusedFiles, pence: row.pence } : nothing;
}

function rowOf(cafe: CafeDeliveries, lastDeliveredOn: string | null): Row {
  const { cafeId, name, region, daysExpected, daysIn, daysEmpty, missingDates, closedDates, restatedDates } = cafe;
  const { deliveredAt, receipts, totalPence, reconciledReceipts, quarantinedRows, quarantinedPence } = cafe;
  return {
    cafeId,
    name,
    region,
    daysExpected,
    daysIn,
    daysEmpty,
    receipts,
    totalPence,
    reconciledReceipts,
    lastDeliveredOn,
    quarantinedRows,
    quarantinedPence,
    state: stateOf(cafe),
    missingDates: missingDates.slice(0, mostDates),
    closedDates,
    restatedDates,
    deliveredAt: deliveredAt === null ? null : new Date(`${deliveredAt.replace(" ", "T")}Z`).toISOString(),
    reconciledShare: receipts === 0 ? null : reconciledReceipts / receipts,
  };
}

function stateOf({ daysExpected, daysIn, closedDates }: CafeDeliveries): State {
  if (daysExpected === 0) return closedDates.length > 0 ? "closed" : "not_open";
  if (daysIn === daysExpected) return "in";
  return daysIn === 0 ? "missing" : "part";
}
