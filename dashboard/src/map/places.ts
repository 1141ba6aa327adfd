/** Kilometres of the projection: what the drawing shows, and where its words stand. */

export const EDGE = { left: -425, top: -1225 };
/** A drawing narrower than this many kilometres is scaled down. */
export const WIDE = 832;
export const TALL = 1125;

/** Where London is drawn once more, in the empty North Sea. */
export const INSET = { x: 165, y: -1060, width: 232, height: 190 };

export interface Label {
  region: string;
  /** Where the name is too long. */
  text?: string;
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
}

/** Beside the coast wherever there is one, so that the dots stay clear. */
export const labels: readonly Label[] = [
  { region: "Scotland", x: -8, y: -845, anchor: "start" },
  { region: "North East", x: 48, y: -715, anchor: "start" },
  { region: "Yorkshire and The Humber", text: "Yorkshire, Humber", x: 128, y: -620, anchor: "start" },
  { region: "East Midlands", x: 160, y: -532, anchor: "start" },
  { region: "East of England", x: 450, y: -462, anchor: "end" },
  { region: "London", x: 255, y: -322, anchor: "start" },
  { region: "South East", x: 205, y: -195, anchor: "start" },
  { region: "South West", x: -215, y: -232, anchor: "end" },
  { region: "Wales", x: -170, y: -405, anchor: "end" },
  { region: "West Midlands", x: -195, y: -522, anchor: "end" },
  { region: "North West", x: -112, y: -580, anchor: "end" },
  { region: "Northern Ireland", x: -425, y: -745, anchor: "start" },
];

/** From a label to a region that has no coast of its own. */
export const leaders: readonly { from: readonly [number, number]; to: readonly [number, number] }[] = [
  { from: [-190, -512], to: [-22, -400] },
  { from: [250, -318], to: [145, -283] },
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
