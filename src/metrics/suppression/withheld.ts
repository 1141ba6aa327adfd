/** Below head office no breakdown shows fewer customers than this. */
export const fewestCustomers = 10;

/** The cells of a breakdown of customers, by name: how many are in each. Together they are a total that is shown. */
export type Cells = ReadonlyMap<string, number>;

/** A breakdown as somebody may see it: cells that are not among `hidden`. */
export interface Published {
  readonly cells: Cells;
  readonly hidden: ReadonlySet<string>;
}

/**
 * Which cells may not be shown: those under ten; whatever would give them away by subtraction from the total; and whatever
 * would give away fewer than ten by subtraction of an answer that is contained in this one, such as a café's in its region's.
 *
 * @param contained answers the same person may ask for whose customers are among these
 */
export function publish(cells: Cells, contained: readonly Published[] = []): Published {
  const hidden = new Set<string>();
  for (const [name, customers] of cells) {
    if (customers < fewestCustomers) hidden.add(name);
    for (const other of contained) {
      if (!other.hidden.has(name) && isGivenAway(customers - (other.cells.get(name) ?? 0))) hidden.add(name);
    }
  }
  while (hidden.size < cells.size && restIsGivenAway(cells, hidden, contained))
    hidden.add(smallestShown(cells, hidden));
  return { cells, hidden };
}

/** A difference that is nobody tells of nobody; one of ten or more is a cell like any other. */
function isGivenAway(difference: number): boolean {
  return difference !== 0 && Math.abs(difference) < fewestCustomers;
}

/** The total less what is shown is what is hidden: it must be ten at least, and of more than one cell. */
function restIsGivenAway(cells: Cells, hidden: ReadonlySet<string>, contained: readonly Published[]): boolean {
  if (hidden.size === 0) return false;
  const rest = sumOf(cells, hidden);
  if (hidden.size === 1 || rest < fewestCustomers) return true;
  return contained.some(
    (other) => sameNames(hidden, other.hidden) && isGivenAway(rest - sumOf(other.cells, other.hidden)),
  );
}

function sumOf(cells: Cells, names: ReadonlySet<string>): number {
  return [...names].reduce((sum, name) => sum + (cells.get(name) ?? 0), 0);
}

function sameNames(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name));
}

function smallestShown(cells: Cells, hidden: ReadonlySet<string>): string {
  const [[name] = [""]] = [...cells].filter(([cell]) => !hidden.has(cell)).sort(([, a], [, b]) => a - b);
  return name;
}
