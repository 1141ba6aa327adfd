/**
 * A transverse Mercator projection about 2° W on a sphere, close to the British National Grid, so that the outline looks
 * as it does on every British map. Units are kilometres from 49° N 2° W; y points down, as in SVG.
 */
export function project(longitude: number, latitude: number): [x: number, y: number] {
  const radius = 6371;
  const lambda = ((longitude + 2) * Math.PI) / 180;
  const phi = (latitude * Math.PI) / 180;
  const b = Math.cos(phi) * Math.sin(lambda);
  const x = radius * Math.atanh(b);
  const y = radius * (Math.atan2(Math.tan(phi), Math.cos(lambda)) - (49 * Math.PI) / 180);
  return [x, -y];
}

/** What lies north of this on the drawing is Shetland, */
export const SHETLAND_NORTH_OF = -1165;

/** which is drawn this much nearer to the rest, in a frame of its own. */
export const SHETLAND_SHIFT: [x: number, y: number] = [-8, 110];

/** Where a place is drawn: projected, and Shetland moved into its frame. */
export function placeOnMap(longitude: number, latitude: number): [x: number, y: number] {
  const [x, y] = project(longitude, latitude);
  return y < SHETLAND_NORTH_OF ? [x + SHETLAND_SHIFT[0], y + SHETLAND_SHIFT[1]] : [x, y];
}
