import { memo } from "preact/compat";
import type { SalesByHourAnswer } from "../../../../src/api/contract/index.ts";
import { HeatMap } from "../../charts/HeatMap.tsx";
import type { QueryState } from "../../data/metrics.ts";
import { useView } from "../../filters/view.ts";
import { dayRange, hour, hourRange, longWeekday, weekdayNumber } from "../../format/date.ts";
import { count, ratio } from "../../format/number.ts";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";

/** From so many receipts an hour on the figures are means of a café: the sum of a chain says little about a till. */
const PER_CAFE = 1000;

/** When people come: receipts by weekday and hour over the four weeks before, and what was unlike them. */
export const HoursSection = memo(function HoursSection({
  answer,
  query,
}: {
  answer: SalesByHourAnswer | undefined;
  query: QueryState;
}) {
  const { today, period } = useView();
  const perCafe = Math.max(...(answer?.cells.map(({ usual }) => usual ?? 0) ?? [0])) >= PER_CAFE;
  const cells = new Map(answer?.cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  const oddest = answer?.oddest;
  const amount = (value: number) => (perCafe ? value.toFixed(1) : count(Math.round(value)));
  const scale = perCafe && answer && oddest ? scaleOf(answer, oddest) : 1;
  return (
    <Section
      className="wide"
      title={answer ? titleOf(answer) : "When people come"}
      name="Receipts by weekday and hour"
      subtitle={
        answer?.usual
          ? `Receipts an hour${perCafe ? " in a café" : ""}, mean of ${dayRange(answer.usual.from, answer.usual.to, today)}${
              oddest
                ? `. Outlined: ${hour(oddest.hour)} on a ${longWeekday(oddest.weekday)} usually takes ${amount(oddest.usual * scale)}, now ${amount(oddest.period * scale)}`
                : ""
            }`
          : "Receipts an hour, mean of the four weeks before"
      }
      height={262}
      fold
      query={query}
      empty={
        answer && (!answer.usual || answer.hours.length === 0) && "There are no earlier days to take a mean of yet."
      }
      table={answer && tableOf(answer)}
      chart
      trust={answer && { cafeDaysIn: answer.usualCafeDaysIn, cafeDaysExpected: answer.usualCafeDaysExpected }}
    >
      {answer && (
        <HeatMap
          name="Receipts an hour by weekday"
          hours={answer.hours}
          figure={(weekday, at) => {
            const cell = cells.get(`${weekday} ${at}`);
            return (perCafe ? cell?.usualPerCafe : cell?.usual) ?? null;
          }}
          allDay={(weekday) => {
            const level = answer.weekdays.find((one) => one.weekday === weekday);
            return (perCafe ? level?.usualPerCafe : level?.usual) ?? null;
          }}
          today={period.days === 1 ? weekdayNumber(period.to) : undefined}
          outlined={oddest ?? undefined}
          readout={(weekday, at) => readoutOf(weekday, at, cells.get(`${weekday} ${at}`), perCafe)}
        />
      )}
    </Section>
  );
});

function readoutOf(
  weekday: number,
  at: number,
  cell: SalesByHourAnswer["cells"][number] | undefined,
  perCafe: boolean,
) {
  const title = `${longWeekday(weekday)} ${hourRange(at, at + 1)}`;
  const usual = perCafe ? cell?.usualPerCafe : cell?.usual;
  const now = perCafe ? cell?.periodPerCafe : cell?.period;
  const lines = [
    { label: "Usual receipts", value: usual == null ? "not known" : ratio(usual) },
    ...(now == null ? [] : [{ label: "These days", value: ratio(now) }]),
  ];
  return { title, lines, spoken: `${title}: ${lines.map(({ label, value }) => `${label} ${value}`).join(", ")}` };
}

/** From the sum of cafés to the mean of one, for the hour that is outlined. */
function scaleOf({ cells }: SalesByHourAnswer, oddest: { weekday: number; hour: number }): number {
  const cell = cells.find(({ weekday, hour: at }) => weekday === oddest.weekday && at === oddest.hour);
  return cell?.usual && cell.usualPerCafe ? cell.usualPerCafe / cell.usual : 1;
}

function titleOf({ busiest, oddest }: SalesByHourAnswer): string {
  const peak = busiest ? `${longWeekday(busiest.weekday)} at ${hour(busiest.hour)} is the peak` : "When people come";
  if (!oddest) return peak;
  const ahead = oddest.period > oddest.usual ? "ahead of" : "behind";
  return `${peak}; ${hour(oddest.hour)} ran ${ahead} its usual ${longWeekday(oddest.weekday)}`;
}

function tableOf({ cells }: SalesByHourAnswer): TableOf {
  return {
    columns: [
      { name: "Weekday", unit: "text" },
      { name: "Hour", unit: "text" },
      { name: "Usual receipts", unit: "ratio" },
      { name: "Usual receipts a café", unit: "ratio" },
      { name: "Receipts of these days", unit: "ratio" },
      { name: "Receipts of these days a café", unit: "ratio" },
    ],
    rows: cells.map((cell) => [
      longWeekday(cell.weekday),
      hour(cell.hour),
      cell.usual,
      cell.usualPerCafe,
      cell.period,
      cell.periodPerCafe,
    ]),
  };
}
