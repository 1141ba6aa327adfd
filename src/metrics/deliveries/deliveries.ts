import type { Metric } from "../metric.ts";
import { statementOf } from "../statement.ts";
import type { CafeDeliveriesRow } from "../trust/cafe-deliveries.ts";
import { type DeliveriesAnswer, deliveriesAnswer } from "./schema.ts";

const daysStatement = statementOf(new URL("./days.sql", import.meta.url));
const unassignedStatement = statementOf(new URL("./unassigned.sql", import.meta.url));
const unusuallySmallStatement = statementOf(new URL("./unusually-small.sql", import.meta.url));
const mostDates = 60;

interface DayRow {
  cafeId: number;
  date: string;
  state: string;
  closureReason: string | null;
  isRestated: number;
}

type CafeDeliveries = DeliveriesAnswer["cafes"][number];
type State = CafeDeliveries["state"];

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
    const [head, cafes, days, unusuallySmall, unassigned] = await Promise.all([
      question.head(),
      question.deliveries(),
      question.query<DayRow>(daysStatement, alone),
      question.query<DeliveriesAnswer["unusuallySmall"][number]>(unusuallySmallStatement, alone),
      everything
        ? question.query<{ refusedRows: number; refusedFiles: number; pence: number }>(unassignedStatement, alone)
        : [],
    ]);
    const rows = cafes.map((cafe) => {
      return cafeDeliveries(
        cafe,
        days.filter((day) => day.cafeId === cafe.cafeId),
      );
    });
    const { refusedRows = 0, refusedFiles = 0, pence = 0 } = unassigned[0] ?? {};
    return {
      ...head,
      cafes: rows.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
      unusuallySmall,
      unassigned: { rows: refusedRows, files: refusedFiles, pence },
    };
  },
};

function cafeDeliveries(cafe: CafeDeliveriesRow, days: DayRow[]): CafeDeliveries {
  const { daysClosed, lastMissingOn, deliveredAt, ...figures } = cafe;
  const datesWhere = (holds: (day: DayRow) => boolean) => days.filter(holds).map((day) => day.date);
  return {
    ...figures,
    state: stateOf(cafe),
    missingDates: datesWhere((day) => day.state === "missing").slice(0, mostDates),
    closedDates: days
      .filter((day) => day.state === "closed")
      .map((day) => ({ date: day.date, reason: day.closureReason ?? "" })),
    restatedDates: datesWhere((day) => day.isRestated === 1),
    deliveredAt: deliveredAt === null ? null : new Date(`${deliveredAt.replace(" ", "T")}Z`).toISOString(),
    reconciledShare: cafe.receipts === 0 ? null : cafe.reconciledReceipts / cafe.receipts,
  };
}

function stateOf({ daysExpected, daysIn, daysClosed }: CafeDeliveriesRow): State {
  if (daysExpected === 0) return daysClosed > 0 ? "closed" : "not_open";
  if (daysIn === daysExpected) return "in";
  return daysIn === 0 ? "missing" : "part";
}
