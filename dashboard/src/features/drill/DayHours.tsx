import type { SalesByHourAnswer } from "../../../../src/api/contract/index.ts";
import { AmountBar } from "../../charts/Bars.tsx";
import type { QueryState } from "../../data/metrics.ts";
import { hour, hourRange, longWeekday, weekdayNumber } from "../../format/date.ts";
import { count, UNKNOWN } from "../../format/number.ts";
import { Section } from "../../parts/Section.tsx";
import { noReceipts } from "./noReceipts.ts";

interface DayHoursProps {
  answer: SalesByHourAnswer | undefined;
  query: QueryState;
  date: string;
}

/** When people came on this day, beside what is usual on this weekday. */
export function DayHours({ answer, query, date }: DayHoursProps) {
  const weekday = weekdayNumber(date);
  const cells = answer?.cells.filter((cell) => cell.weekday === weekday) ?? [];
  const day = answer?.weekdays.find((one) => one.weekday === weekday);
  const longest = Math.max(...cells.map(({ period }) => period ?? 0), 1);
  const busiest = cells.toSorted((a, b) => (b.period ?? 0) - (a.period ?? 0))[0];
  return (
    <Section
      className="narrow"
      title={busiest?.period ? `${hourRange(busiest.hour, busiest.hour + 1)} was the busiest hour` : "When people came"}
      name={`Receipts by hour, ${date}`}
      subtitle={`Receipts an hour, and the mean of the four ${longWeekday(weekday)}s before`}
      height={420}
      list
      query={query}
      empty={answer && !day?.period && noReceipts(answer.trust)}
      table={
        answer && {
          columns: [
            { name: "Hour", unit: "text" },
            { name: "Receipts", unit: "count" },
            { name: "Usual", unit: "ratio" },
          ],
          rows: cells.map((cell) => [hour(cell.hour), cell.period, cell.usual]),
        }
      }
      trust={answer?.trust}
    >
      <table className="table day-hours">
        <caption className="unseen">Receipts by hour</caption>
        <thead>
          <tr>
            <th scope="col">Hour</th>
            <td />
            <th scope="col" className="number">
              Receipts
            </th>
            <th scope="col" className="number">
              Usual
            </th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.hour}>
              <th scope="row" className="clock">
                {hour(cell.hour)}
              </th>
              <td className="bar-cell">
                <AmountBar value={cell.period ?? 0} longest={longest} />
              </td>
              <td className="number">{cell.period === null ? UNKNOWN : count(Math.round(cell.period))}</td>
              <td className="number quiet">{cell.usual === null ? UNKNOWN : count(Math.round(cell.usual))}</td>
            </tr>
          ))}
          {day && (
            <tr className="total">
              <th scope="row">All day</th>
              <td />
              <td className="number">{day.period === null ? UNKNOWN : count(Math.round(day.period))}</td>
              <td className="number">{day.usual === null ? UNKNOWN : count(Math.round(day.usual))}</td>
            </tr>
          )}
        </tbody>
      </table>
    </Section>
  );
}
