/** Where one colour of the map ends and the next begins: ±0.5, 1.5 and 4 %. */
export const BOUNDS = [-0.04, -0.015, -0.005, 0.005, 0.015, 0.04] as const;

const NAMES = ["n3", "n2", "n1", "0", "p1", "p2", "p3"] as const;
export type Step = (typeof NAMES)[number];
export const steps: readonly Step[] = NAMES;

/** The colour of a change, worse to better; `none` when nothing can be compared. */
export function stepOf(ratio: number | null): Step | "none" {
  if (ratio === null) return "none";
  return NAMES[BOUNDS.filter((bound) => ratio >= bound).length] ?? "0";
}
