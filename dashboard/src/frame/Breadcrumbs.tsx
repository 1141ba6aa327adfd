import { Link } from "@tanstack/react-router";
import type { CafeAnswer } from "../../../src/api/contract/index.ts";
import { keepFilters } from "../filters/search.ts";
import { shortDay } from "../format/date.ts";

interface BreadcrumbsProps {
  cafe: CafeAnswer;
  date?: string;
  /** The last step, when it is below the day. */
  here?: string;
}

/** Chain › region › café › day › receipt: each step leads back, with the filters as they were. */
export function Breadcrumbs({ cafe, date, here }: BreadcrumbsProps) {
  const params = { cafe: String(cafe.cafeId) };
  return (
    <nav aria-label="Where you are">
      <ol>
        <li>
          <Link to="/regions" search={(search) => ({ ...search, region: undefined })}>
            Chain
          </Link>
        </li>
        <li>
          <Link to="/regions" search={(search) => ({ ...search, region: cafe.region })}>
            {cafe.region}
          </Link>
        </li>
        {date ? (
          <li>
            <Link to="/cafes/$cafe" params={params} search={keepFilters}>
              {cafe.name}
            </Link>
          </li>
        ) : (
          <li aria-current="page">{cafe.name}</li>
        )}
        {date && here && (
          <li>
            <Link to="/cafes/$cafe/$date" params={{ ...params, date }} search={(search) => search}>
              {shortDay(date)}
            </Link>
          </li>
        )}
        {date && <li aria-current="page">{here ?? shortDay(date)}</li>}
      </ol>
    </nav>
  );
}
