/** What a café is like: how much it sells, what, and when. */
export interface Profile {
  days: number;
  receipts: number;
  /** Items by category. */
  mix: ReadonlyMap<string, number>;
  /** Receipts by part of the day, named by its first hour. */
  dayparts: ReadonlyMap<string, number>;
}

/** How unlike two cafés are, from 0 (the same) to 1; distance is the mean of the three. */
export interface Distance {
  volume: number;
  mix: number;
  daypart: number;
  distance: number;
}

/**
 * Volume: 1 - the smaller of the two cafés' receipts a day / the larger, so that twice as many is 0.5. Mix and daypart: the share of
 * items (receipts) that would have to move to another category (part of the day) to make the two alike, the total variation
 * distance. All three lie between 0 and 1 and count the same, as in J. C. Gower, "A General Coefficient of Similarity and Some
 * of Its Properties", Biometrics 27 (1971).
 */
export function distanceOf(one: Profile, other: Profile): Distance {
  const volume = volumeDistance(one.receipts / one.days, other.receipts / other.days);
  const mix = sharesDistance(one.mix, other.mix);
  const daypart = sharesDistance(one.dayparts, other.dayparts);
  return { volume, mix, daypart, distance: (volume + mix + daypart) / 3 };
}

function volumeDistance(one: number, other: number): number {
  const larger = Math.max(one, other);
  return larger === 0 ? 0 : 1 - Math.min(one, other) / larger;
}

function sharesDistance(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  const [oneTotal, otherTotal] = [totalOf(one), totalOf(other)];
  if (oneTotal === 0 || otherTotal === 0) return oneTotal === otherTotal ? 0 : 1;
  // One order whatever the database's, since sums of fractions depend on it.
  const parts = [...new Set([...one.keys(), ...other.keys()])].sort();
  const apart = parts.map((part) => Math.abs((one.get(part) ?? 0) / oneTotal - (other.get(part) ?? 0) / otherTotal));
  return Math.min(1, apart.reduce((sum, difference) => sum + difference, 0) / 2);
}

function totalOf(amounts: ReadonlyMap<string, number>): number {
  return [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
}
