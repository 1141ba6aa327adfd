import { Link } from "@tanstack/react-router";
import type { CafeAnswer } from "../../../../src/api/contract/index.ts";
import { keepFilters } from "../../filters/search.ts";
import { type Day, dayRange, shortDay } from "../../format/date.ts";
import { NotFound } from "../../frame/NotFound.tsx";

interface DayNotHereProps {
  cafe: CafeAnswer;
  /** The days that there are data of. */
  first: Day;
  last: Day;
  date: Day;
}

/** A day before the first or after the last that there are data of: another day's figures would be told as this one's. */
export function DayNotHere({ cafe, first, last, date }: DayNotHereProps) {
  const nearest = date < first ? first : last;
  return (
    <NotFound
      what="This day"
      why={`There are figures of ${dayRange(first, last)}, and none of ${shortDay(date)}.`}
      way={
        <Link
          to="/cafes/$cafe/$date"
          params={{ cafe: String(cafe.cafeId), date: nearest }}
          search={keepFilters}
          className="link"
        >
          Go to {cafe.name} on {shortDay(nearest)}
        </Link>
      }
    />
  );
}
