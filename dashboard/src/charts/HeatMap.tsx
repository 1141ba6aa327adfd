import { hour, longWeekday, shortWeekday } from "../format/date.ts";
import { count, ratio, UNKNOWN } from "../format/number.ts";

interface HeatMapProps {
  name: string;
  hours: readonly number[];
  /** The figure of a weekday (Monday is 1) and an hour. */
  figure: (weekday: number, hour: number) => number | null;
  /** The total at the end of a weekday's row. */
  allDay: (weekday: number) => number | null;
  /** The weekday the page is about, in bold. */
  today?: number | undefined;
  /** The one exception, outlined. */
  outlined?: { weekday: number; hour: number } | undefined;
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const STEPS = 7;

/** Weekdays down, hours across: a table, so that everyone can read it, whose cells are as dark as they are busy. */
export function HeatMap({ name, hours, figure, allDay, today, outlined }: HeatMapProps) {
  const known = WEEK.flatMap((weekday) => hours.map((at) => figure(weekday, at) ?? 0));
  const most = Math.max(...known, 1);
  const text = (value: number | null) =>
    value === null ? UNKNOWN : most < 10 ? ratio(value) : count(Math.round(value));
  return (
    <table className="heat-map">
      <caption className="unseen">{name}</caption>
      <thead>
        <tr>
          <td />
          {hours.map((at) => (
            <th key={at} scope="col">
              <span className="long">{hour(at)}</span>
              <span className="short" aria-hidden="true">
                {at % 2 === (hours[0] ?? 0) % 2 ? String(at).padStart(2, "0") : ""}
              </span>
            </th>
          ))}
          <th scope="col" className="all-day">
            All day
          </th>
        </tr>
      </thead>
      <tbody>
        {WEEK.map((weekday) => (
          <tr key={weekday}>
            <th scope="row" className={weekday === today ? "today" : undefined}>
              <span aria-hidden="true">{shortWeekday(weekday)}</span>
              <span className="unseen">{longWeekday(weekday)}</span>
            </th>
            {hours.map((at) => {
              const value = figure(weekday, at);
              const step = value === null ? "none" : stepOf(value, most);
              const isOutlined = outlined?.weekday === weekday && outlined.hour === at;
              return (
                <td key={at} className={`seq-${step}${isOutlined ? " outlined" : ""}`}>
                  {text(value)}
                </td>
              );
            })}
            <td className="all-day">{text(allDay(weekday))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Seven even steps from nothing to the busiest hour. */
function stepOf(value: number, most: number): number {
  return Math.min(Math.floor((value / most) * STEPS), STEPS - 1);
}
