import type { TrustState } from "./trust.ts";

/** Signs drawn by us: the font has no arrows or triangles. All take the text's colour and none is read aloud. */

interface Sign {
  className?: string;
}

/** The mark of the product. */
export const Logo = () => (
  <svg aria-hidden="true" className="logo" viewBox="0 0 28 16" width="28" height="16">
    <path
      d="M14 8c2.2-3.6 4.2-5.6 7-5.6a5.6 5.6 0 0 1 0 11.2c-2.8 0-4.8-2-7-5.6s-4.2-5.6-7-5.6a5.6 5.6 0 0 0 0 11.2c2.8 0 4.8-2 7-5.6z"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinejoin="round"
    />
  </svg>
);

export const Chevron = ({ className = "chevron" }: Sign) => (
  <svg aria-hidden="true" className={className} viewBox="0 0 10 6" width="10" height="6">
    <path d="M1 1l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.5" />
  </svg>
);

export const Tick = ({ className }: Sign) => (
  <svg aria-hidden="true" className={className} viewBox="0 0 14 12" width="14" height="12">
    <path d="M1 6.5l4 4L13 1.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
  </svg>
);

export const Cross = ({ className }: Sign) => (
  <svg aria-hidden="true" className={className} viewBox="0 0 14 14" width="14" height="14">
    <path d="M2 2l10 10M12 2L2 12" fill="none" stroke="currentColor" strokeWidth="1.8" />
  </svg>
);

/** Trust: all in, partly in, not in, nothing expected. They differ in shape as well as in colour. */
export const TrustSign = ({ state }: { state: TrustState }) => (
  <svg aria-hidden="true" className={`trust-sign ${state}`} viewBox="0 0 14 14" width="14" height="14">
    {state === "ok" && (
      <>
        <circle cx="7" cy="7" r="5.8" />
        <path d="M4.3 7.2l2 2 3.6-4.2" />
      </>
    )}
    {state === "warn" && (
      <>
        <path d="M7 1.4l6 11H1z" />
        <path d="M7 5.4v3.4M7 10.2v.9" />
      </>
    )}
    {state === "bad" && (
      <>
        <circle cx="7" cy="7" r="5.8" />
        <path d="M4.8 4.8l4.4 4.4M9.2 4.8l-4.4 4.4" />
      </>
    )}
    {state === "none" && (
      <>
        <circle cx="7" cy="7" r="5.8" />
        <path d="M4.4 7h5.2" />
      </>
    )}
  </svg>
);

/** The arrow keys that walk to the left and to the right, as they are printed on the keys. */
export const ArrowKeys = () => (
  <svg aria-hidden="true" className="arrow-keys" viewBox="0 0 30 10" width="30" height="10">
    <path
      d="M12 5H1.5M5 1.5L1.5 5 5 8.5M18 5h10.5M25 1.5L28.5 5 25 8.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.2"
    />
  </svg>
);

/** A change's direction: the shape says where to, the colour (by `good`) what to think of it. */
export const Direction = ({ to, good }: { to: "up" | "down" | "level"; good: boolean }) => (
  <svg
    aria-hidden="true"
    className={`direction ${to === "level" ? "level" : good ? "better" : "worse"}`}
    viewBox="0 0 8 8"
    width="8"
    height="8"
  >
    {to === "up" && <path d="M4 .5L8 7.5H0z" />}
    {to === "down" && <path d="M4 7.5L0 .5h8z" />}
    {to === "level" && <path d="M0 3.2h8v1.6H0z" />}
  </svg>
);

export const SortSign = ({ ascending }: { ascending: boolean }) => (
  <svg aria-hidden="true" className="sort-sign" viewBox="0 0 8 6" width="8" height="6">
    <path d={ascending ? "M4 0l4 6H0z" : "M4 6L0 0h8z"} fill="currentColor" />
  </svg>
);

export const BriefSign = () => (
  <svg aria-hidden="true" viewBox="0 0 20 20" width="20" height="20" className="tab-sign">
    <path d="M4 4.5h12M4 10h8M4 15.5h12" />
  </svg>
);

export const CafesSign = () => (
  <svg aria-hidden="true" viewBox="0 0 20 20" width="20" height="20" className="tab-sign">
    <path d="M10 18c4-4.5 5.8-7.4 5.8-10A5.8 5.8 0 0 0 4.2 8c0 2.6 1.8 5.5 5.8 10z" />
    <circle cx="10" cy="8" r="2" />
  </svg>
);

export const MoreSign = () => (
  <svg aria-hidden="true" viewBox="0 0 20 20" width="20" height="20" className="tab-sign">
    <path d="M4 10h.01M10 10h.01M16 10h.01" strokeWidth="3" strokeLinecap="round" />
  </svg>
);
