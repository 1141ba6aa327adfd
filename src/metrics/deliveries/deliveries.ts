import type { Metric } from "../metric.ts";
import { statementOf } from "../statement.ts";
import type { CafeDeliveries } from "../trust/cafe-deliveries.ts";
import { type DeliveriesAnswer, deliveriesAnswer } from "./schema.ts";

const lastDeliveredStatement = statementOf(new URL("./last-delivered.sql", import.meta.url));
const unassignedStatement = statementOf(new URL("./unassigned.sql", import.meta.url));
const unusuallySmallStatement = statementOf(new URL("./unusually-small.sql", import.meta.url));
const mostDates = 60;

type Row = DeliveriesAnswer["cafes"][number];
type State = Row["state"];

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
    const everything = question.others.chain.locationIds.length === 0;
    const [head, cafes, lastDelivered, unusuallySmall, unassigned] = await Promise.all([
      question.head(),
      question.deliveries(),
      question.query<{ cafeId: number; lastDeliveredOn: string }>(lastDeliveredStatement, alone),
      question.query<DeliveriesAnswer["unusuallySmall"][number]>(unusuallySmallStatement, alone),
      everything
        ? question.query<{ refusedRows: number; refusedFiles: number; pence: number }>(unassignedStatement, alone)
        : [],
    ]);
    const lastOf = new Map(lastDelivered.map(({ cafeId, lastDeliveredOn }) => [cafeId, lastDeliveredOn]));
    const rows = cafes.map((cafe) => rowOf(cafe, lastOf.get(cafe.cafeId) ?? null));
    const { refusedRows = 0, refusedFiles = 0, pence = 0 } = unassigned[0] ?? {};
    return {
      ...head,
      cafes: rows.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
      unusuallySmall,
      unassigned: { rows: refusedRows, files: refusedFiles, pence },
    };
  },
};

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
