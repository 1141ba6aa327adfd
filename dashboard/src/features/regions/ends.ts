/** So many more than both ends together are still shown whole: a fold that hides three would be longer than they are. */
const FEW_MORE = 4;

/** The two ends of a long list in order of growth, which are what it is read for; null stands for those between. */
export function endsOf<Row>(
  rows: readonly Row[],
  head: number,
  tail: number,
): { shown: readonly (Row | null)[]; hidden: number } {
  if (rows.length <= head + tail + FEW_MORE) return { shown: rows, hidden: 0 };
  return { shown: [...rows.slice(0, head), null, ...rows.slice(-tail)], hidden: rows.length - head - tail };
}
