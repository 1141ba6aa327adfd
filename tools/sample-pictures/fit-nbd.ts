/** A negative binomial distribution without its zeros, since those who never came leave no trace. */
export interface Fit {
  /** Mean visits over all who might come, and the exponent of the gamma distribution of their rates. */
  readonly mean: number;
  readonly exponent: number;
  /** Shares of those who came once, twice, …. */
  readonly shares: readonly number[];
  /** The largest difference to what was observed, in points. */
  readonly worst: number;
}

/** Fits by the smallest largest difference, on a grid: for a picture, that is exact enough. */
export function fitTruncatedNbd(visits: readonly { visits: number; customers: number }[], most: number): Fit {
  const customers = visits.reduce((sum, each) => sum + each.customers, 0);
  const observed = Array.from(
    { length: most },
    (_, index) => (visits.find((each) => each.visits === index + 1)?.customers ?? 0) / customers,
  );
  let best: Fit = { mean: 0, exponent: 0, shares: [], worst: Number.POSITIVE_INFINITY };
  for (let exponent = 0.005; exponent < 1; exponent *= 1.04) {
    for (let mean = 0.1; mean < 20; mean *= 1.04) {
      const shares = truncatedShares(mean, exponent, most);
      const worst = 100 * Math.max(...shares.map((share, index) => Math.abs(share - (observed[index] ?? 0))));
      if (worst < best.worst) best = { mean, exponent, shares, worst };
    }
  }
  return best;
}

function truncatedShares(mean: number, exponent: number, most: number): number[] {
  const q = mean / (mean + exponent);
  let p = (1 - q) ** exponent;
  const some = 1 - p;
  return Array.from({ length: most }, (_, index) => {
    p *= (q * (exponent + index)) / (index + 1);
    return p / some;
  });
}
