import { useState } from "preact/compat";
import { count } from "../format/number.ts";
import { plural } from "../format/words.ts";
import { ExportMenu } from "../frame/ExportMenu.tsx";
import { ShareButton } from "../frame/ShareButton.tsx";
import { TrustMenu } from "../frame/TrustMenu.tsx";
import { Chevron } from "../parts/icons.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { CompareChoices, CompareFilter } from "./CompareFilter.tsx";
import { PeriodChoices, PeriodFilter } from "./PeriodFilter.tsx";
import { CafeChoices, CafeFilter, RegionChoices, RegionFilter } from "./PlaceFilters.tsx";
import { periodPhrase } from "./period.ts";
import { useView } from "./view.ts";

/** Which filters a page answers to. A page of one café has no place to choose. */
export type FilterName = "period" | "compare" | "region" | "cafe";

/** Every choice in words and in the address. On a phone one control that opens a sheet. */
export function FilterBar({ filters }: { filters: readonly FilterName[] }) {
  return (
    <div className="filter-bar">
      <div className="filters">
        {filters.includes("period") && <PeriodFilter />}
        {filters.includes("compare") && <CompareFilter />}
        {filters.includes("region") && <RegionFilter />}
        {filters.includes("cafe") && <CafeFilter />}
      </div>
      <PhoneFilters filters={filters} />
      <div className="bar-end">
        <TrustMenu />
        <ShareButton />
        <ExportMenu />
      </div>
    </div>
  );
}

function PhoneFilters({ filters }: { filters: readonly FilterName[] }) {
  const [open, setOpen] = useState(false);
  const { period, dates, today, chosen, region, cafes, openCafes } = useView();
  const close = () => setOpen(false);
  const place =
    cafes.length === 1
      ? cafes[0]?.name
      : cafes.length > 1
        ? `${cafes.length} cafés`
        : (region ?? `${count(openCafes.length)} ${plural(openCafes.length, "café")}`);
  if (filters.length === 0) return null;
  return (
    <div className="phone-bar">
      <button type="button" className="phone-filter" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <span>
          <strong>{periodPhrase(period, dates, today)}</strong>
          <small>
            {place}
            {filters.includes("compare") && ` · against ${count(chosen.shiftDays)} days`}
          </small>
        </span>
        <Chevron />
      </button>
      <Sheet title="What to look at" open={open} onClose={close}>
        <h3>Period</h3>
        <PeriodChoices onDone={close} />
        {filters.includes("compare") && (
          <>
            <h3>Compare with the same weekdays</h3>
            <CompareChoices onDone={close} />
          </>
        )}
        {filters.includes("cafe") && (
          <>
            <h3>Cafés</h3>
            <CafeChoices />
          </>
        )}
        {filters.includes("region") && (
          <>
            <h3>Region</h3>
            <RegionChoices onDone={close} />
          </>
        )}
        <button type="button" className="button wide" onClick={close}>
          Show
        </button>
      </Sheet>
    </div>
  );
}
