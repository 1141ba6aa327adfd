import { memo } from "preact/compat";
import type { ChangeAnswer } from "../../../../src/api/contract/index.ts";
import { ChangeBar } from "../../charts/Bars.tsx";
import type { QueryState } from "../../data/metrics.ts";
import { useView } from "../../filters/view.ts";
import { moneyChange } from "../../format/number.ts";
import { causeNames, causePhrase, daypartName, daypartPhrase } from "../../format/phrases.ts";
import { capital } from "../../format/words.ts";
import { useNarrow } from "../../frame/useNarrow.ts";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";
import { noneCompared } from "./compared.ts";
import { FEW } from "./few.ts";
import { mostOfTheDay } from "./headline.ts";

/** Up to so many cafés have a column each; more are shown as one. On a phone three and their sum would run into each other. */
const COLUMNS = { wide: 3, narrow: 2 };

interface Row {
  name: string;
  total?: boolean;
  cells: number[];
}

/** The change in sales as a matrix: causes and times of day down, cafés across. Both add up to the penny. */
export const ChangeSection = memo(function ChangeSection({
  answer,
  query,
}: {
  answer: ChangeAnswer | undefined;
  query: QueryState;
}) {
  const view = useView();
  const columns = useNarrow() ? COLUMNS.narrow : COLUMNS.wide;
  const heads = answer ? headsOf(answer, columns) : [];
  const causes = answer ? rowsOf(answer, columns, answer.byCause, ({ cause }) => causeNames[cause]) : [];
  const dayparts = answer
    ? rowsOf(answer, columns, answer.byDaypart, ({ fromHour, toHour }) => daypartName(fromHour, toHour))
    : [];
  const reach = Math.max(...[...causes, ...dayparts].flatMap(({ cells }) => cells.map(Math.abs)), 1);
  return (
    <Section
      className="wide"
      title={answer?.comparison ? titleOf(answer) : "Where the change came from"}
      name="Where the change came from"
      subtitle={`Change in sales, ${view.chosen.days} to these days. Parts add up, down and across, to the penny`}
      height={view.inScope.length > FEW ? 400 : 363}
      query={query}
      empty={answer && !answer.comparison && noneCompared(view.chosen.days)}
      table={answer && tableOf(heads, causes, dayparts)}
      trust={answer?.trust}
    >
      <Matrix title="By cause" heads={heads} rows={causes} reach={reach} />
      <Matrix title="By time of day" heads={heads} rows={dayparts} reach={reach} />
    </Section>
  );
});

interface MatrixProps {
  title: string;
  heads: string[];
  rows: Row[];
  /** The same for both matrices, so that their bars may be compared. */
  reach: number;
}

function Matrix({ title, heads, rows, reach }: MatrixProps) {
  const { precision } = useView();
  return (
    <table className={heads.length === 1 ? "table change-matrix single" : "table change-matrix"}>
      <caption className="unseen">Change in sales {title.toLowerCase()}</caption>
      <thead>
        <tr>
          <th scope="col" className="strong">
            {title}
          </th>
          {heads.map((head) => (
            <th key={head} scope="col" className="number">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells, total }) => (
          <tr key={name} className={total ? "total" : undefined}>
            <th scope="row">{name}</th>
            {cells.map((pence, index) => (
              <td key={heads[index]} className="number">
                <span className="bar-and-figure">
                  <ChangeBar value={pence} reach={reach} />
                  <span>{moneyChange(pence, precision)}</span>
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function headsOf({ cafes, others }: ChangeAnswer, columns: number): string[] {
  const count = cafes.length + others.cafes;
  if (count === 1) return [cafes[0]?.name ?? ""];
  if (count > columns) return [`All ${count} cafés`];
  return [...cafes.map(({ name }) => name), count === 2 ? "Both" : "All"];
}

function rowsOf<Part extends ChangeAnswer["byCause"][number] | ChangeAnswer["byDaypart"][number]>(
  { cafes, others, differencePence }: ChangeAnswer,
  columns: number,
  parts: Part[],
  nameOf: (part: Part) => string,
): Row[] {
  const split = cafes.length > 1 && cafes.length + others.cafes <= columns;
  return [
    ...parts.map((part) => ({
      name: nameOf(part),
      cells: [...(split ? part.cafes.map((cell) => cell.differencePence) : []), part.differencePence],
    })),
    {
      name: "Change in sales",
      total: true,
      cells: [...(split ? cafes.map((cafe) => cafe.differencePence) : []), differencePence],
    },
  ];
}

function titleOf(answer: ChangeAnswer): string {
  const { byCause, differencePence } = answer;
  if (differencePence === 0) return "Sales did not change";
  const sign = Math.sign(differencePence);
  const strongest = byCause.toSorted((a, b) => sign * (b.differencePence - a.differencePence));
  const [most] = strongest;
  const least = strongest.at(-1);
  if (!most) return "Where the change came from";
  const when = mostOfTheDay(answer);
  const against =
    least &&
    Math.sign(least.differencePence) === -sign &&
    Math.abs(least.differencePence) > Math.abs(differencePence) / 10
      ? `, held ${sign > 0 ? "back" : "up"} by ${causePhrase(least.cause, least.differencePence)}`
      : "";
  const always = answer.byDaypart.every((part) => Math.sign(part.differencePence) === sign);
  const at = when
    ? `, mostly ${daypartPhrase(when.fromHour, when.toHour)}`
    : always
      ? ", in every part of the day"
      : "";
  return `${capital(causePhrase(most.cause, most.differencePence))}${against || at}`;
}

function tableOf(heads: string[], causes: Row[], dayparts: Row[]): TableOf {
  return {
    columns: [{ name: "Change in sales", unit: "text" }, ...heads.map((name) => ({ name, unit: "money" as const }))],
    rows: [...causes.slice(0, -1), ...dayparts].map(({ name, cells }) => [name, ...cells]),
  };
}
