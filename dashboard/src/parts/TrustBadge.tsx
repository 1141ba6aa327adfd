import type { Trust } from "../../../src/api/contract/index.ts";
import { shortDay } from "../format/date.ts";
import { count, fineShare } from "../format/number.ts";
import { plural } from "../format/words.ts";
import { TrustSign } from "./icons.tsx";

/** Whether all that was expected has arrived. */
function trustState(trust: Trust): "ok" | "warn" | "bad" {
  if (trust.cafeDaysIn === 0) return "bad";
  return trust.cafeDaysIn < trust.cafeDaysExpected ? "warn" : "ok";
}

/** How much of what was expected is in: of cafés for a day, of café-days for longer. */
function arrivedText(trust: Trust): string {
  const oneDay = trust.cafeDaysExpected === trust.cafesExpected;
  return oneDay
    ? `${count(trust.cafesIn)} of ${count(trust.cafesExpected)} ${plural(trust.cafesExpected, "café")} in`
    : `${count(trust.cafeDaysIn)} of ${count(trust.cafeDaysExpected)} café-days in`;
}

/** 98 of 104 cafés in · 99.7 % reconciled · Tue 3 Mar restated. The short one stands in every foot. */
export function TrustBadge({ trust, short = false, today }: { trust: Trust; short?: boolean; today?: string }) {
  const restated = trust.cafeDaysExpected === trust.cafesExpected ? trust.restated[0] : undefined;
  const more = [
    trust.reconciledShare === null ? "" : `${fineShare(trust.reconciledShare)} reconciled`,
    !short && restated ? `${shortDay(restated.date, today)} restated` : "",
  ].filter(Boolean);
  return (
    <span className="trust">
      <TrustSign state={trustState(trust)} />
      <span>
        {arrivedText(trust)}
        <span className="trust-more">{more.map((part) => ` · ${part}`)}</span>
      </span>
    </span>
  );
}
