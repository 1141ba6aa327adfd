/** A bar from zero, sized against the longest of its column. The amount stands beside it as text. */
export function AmountBar({ value, longest }: { value: number; longest: number }) {
  const share = longest > 0 ? Math.max(value / longest, 0) : 0;
  return (
    <span className="amount-bar" aria-hidden="true">
      <span style={{ width: `${(share * 100).toFixed(1)}%` }} />
    </span>
  );
}

/** A bar that floats on no change: better to the right, worse to the left. Sized against the reach of its column. */
export function ChangeBar({ value, reach }: { value: number | null; reach: number }) {
  const share = value === null || reach === 0 ? 0 : Math.min(Math.abs(value) / reach, 1);
  return (
    <span className="change-bar" aria-hidden="true">
      <span
        className={(value ?? 0) < 0 ? "worse" : "better"}
        style={{ width: `${(share * 50).toFixed(1)}%`, visibility: value === null ? "hidden" : "visible" }}
      />
    </span>
  );
}
