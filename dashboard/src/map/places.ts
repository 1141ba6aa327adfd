/** Kilometres of the projection: what the drawing shows, and where its words stand. */

export const EDGE = { left: -425, top: -1225 };
/** A drawing narrower than this many kilometres is scaled down. */
export const WIDE = 832;
export const TALL = 1125;

/** Where London is drawn once more, in the empty North Sea. */
export const INSET = { x: 165, y: -1060, width: 232, height: 190 };

/** Below so many pixels a kilometre the longer names would run over the edge, or over each other. */
export const TIGHT = 0.4;

export type Place = readonly [x: number, y: number];

export interface Label {
  region: string;
  /** Where the name is too long. */
  text?: string;
  /** Where it is too long for a narrow drawing. */
  short?: string;
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
  /** The line to a region that has no coast of its own here. */
  leader?: readonly [from: Place, to: Place];
}

/** Beside the coast wherever there is one, so that the dots stay clear; in the sea between two coasts, so that neither is hidden. */
export const labels: readonly Label[] = [
  { region: "Scotland", x: -8, y: -845, anchor: "start" },
  { region: "North East", x: 48, y: -715, anchor: "start" },
  {
    region: "Yorkshire and The Humber",
    text: "Yorkshire, Humber",
    short: "Yorkshire",
    x: 128,
    y: -620,
    anchor: "start",
  },
  { region: "East Midlands", x: 160, y: -540, anchor: "start" },
  { region: "East of England", x: 450, y: -455, anchor: "end" },
  {
    region: "London",
    x: 255,
    y: -322,
    anchor: "start",
    leader: [
      [250, -318],
      [145, -283],
    ],
  },
  { region: "South East", x: 205, y: -195, anchor: "start" },
  { region: "South West", x: -215, y: -232, anchor: "end" },
  { region: "Wales", x: -185, y: -378, anchor: "end" },
  {
    region: "West Midlands",
    short: "W Midlands",
    x: -205,
    y: -452,
    anchor: "end",
    leader: [
      [-200, -446],
      [-22, -400],
    ],
  },
  { region: "North West", x: -84, y: -548, anchor: "end" },
  { region: "Northern Ireland", short: "N Ireland", x: -425, y: -522, anchor: "start" },
];

/** The box around an outline made of relative steps. */
export function boundsOf(path: string): { left: number; right: number; top: number; bottom: number } {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  let x = 0;
  let y = 0;
  for (const [, command, rest] of path.matchAll(/([Ml])([^Mlz]*)/g)) {
    const [dx = 0, dy = 0] = (rest?.match(/-?(\d+\.?\d*|\.\d+)/g) ?? []).map(Number);
    x = command === "M" ? dx : x + dx;
    y = command === "M" ? dy : y + dy;
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}
