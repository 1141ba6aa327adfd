/**
 * The cafés a caller may see. Made from a session (src/access), narrowed by filters, and required by every metric: the
 * only way from a metric's SQL to a fact is through the rows of `location_grants`, and those are made from a scope.
 */
export class Scope {
  /** Ascending, without repeats. */
  readonly locationIds: readonly number[];

  constructor(locationIds: Iterable<number>) {
    this.locationIds = [...new Set(locationIds)].sort((a, b) => a - b);
  }

  has(locationId: number): boolean {
    return this.locationIds.includes(locationId);
  }

  /** Whether every one of these cafés is in it. */
  covers(locationIds: Iterable<number>): boolean {
    const own = new Set(this.locationIds);
    return [...locationIds].every((id) => own.has(id));
  }

  /** The cafés in both. A filter can take cafés away, never add one. */
  narrow(locationIds: Iterable<number>): Scope {
    const wanted = new Set(locationIds);
    return new Scope(this.locationIds.filter((id) => wanted.has(id)));
  }

  /**
   * The scope as the one parameter `$granted_locations`: `,3,17,42,`.
   *
   * Why a string. Arrays are not portable (Redshift's Data API has none, and VALUES in FROM is refused there). A table of
   * grants would have to be written before a read: behind a load that holds the writer, for every new choice of filters, and
   * not at all where the dashboard reads a snapshot. So the `location_grants` every metric starts from is a common table
   * expression: the rows of `locations` whose id, between commas, occurs in this string. It is bound, not pasted; it is looked at
   * once for each café, never for a fact; and should grants become a real table, only `location_grants.sql` changes.
   */
  asParameter(): string {
    return `,${this.locationIds.join(",")},`;
  }
}
