import { directionOf, percent, points } from "../format/number.ts";
import { Direction } from "./icons.tsx";

interface ChangeProps {
  /** A ratio: 0.041 is 4.1 % up. Undefined or null when there is nothing to compare with. */
  ratio: number | null | undefined;
  /** The change of a share is in points, never a percentage of a percentage. */
  unit?: "percent" | "points";
  /** For a measure of which more is worse. */
  moreIsWorse?: boolean;
  /** What to say when there is no figure. */
  missing?: string;
}

/** ▲ 4.1 %: a triangle for the direction, a colour for better or worse, words for those who see neither. */
export function Change({ ratio, unit = "percent", moreIsWorse = false, missing = "not comparable" }: ChangeProps) {
  if (ratio === null || ratio === undefined) {
    return (
      <span className="change none" title={missing}>
        –<span className="unseen"> {missing}</span>
      </span>
    );
  }
  const to = directionOf(ratio, unit === "points" ? 2 : 3);
  return (
    <span className="change">
      <Direction to={to} good={(to === "up") !== moreIsWorse} />
      <span className="unseen">{to === "level" ? "level, " : `${to} `}</span>
      {unit === "points" ? points(ratio) : percent(ratio)}
    </span>
  );
}
