import { NBSP } from "../format/number.ts";
import { TrustSign } from "./icons.tsx";
import { type Arrived, arrivedText, trustDetails, trustState } from "./trust.ts";

/** 98 of 104 cafés in · 99.7 % reconciled · Tue 3 Mar restated. The short one stands in every foot. */
export function TrustBadge({ trust, short = false, today }: { trust: Arrived; short?: boolean; today?: string }) {
  return (
    <span className="trust">
      <TrustSign state={trustState(trust)} />
      <span>
        {arrivedText(trust)}
        <span className="trust-more">
          {trustDetails(trust, short, today).map((part) => ` · ${part.replaceAll(" ", NBSP)}`)}
        </span>
      </span>
    </span>
  );
}
