import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "preact/compat";
import outlines from "../../vendor/uk-regions.json";
import { useWidth } from "../charts/useWidth.ts";
import { keepFilters } from "../filters/search.ts";
import { percentChange } from "../format/number.ts";
import { Legend } from "./Legend.tsx";
import { boundsOf, EDGE, INSET, type Label, labels, type Place, TALL, TIGHT, WIDE } from "./places.ts";
import { placeOnMap } from "./project.ts";
import { stepOf } from "./steps.ts";

interface RegionOnMap {
  region: string;
  /** The change that colours it; null when nothing can be compared. */
  ratio: number | null;
}

interface CafeOnMap {
  cafeId: number;
  name: string;
  region: string;
  latitude: number;
  longitude: number;
  ratio: number | null;
  missing: boolean;
}

interface UkMapProps {
  name: string;
  regions: readonly RegionOnMap[];
  cafes: readonly CafeOnMap[];
  selected?: string | undefined;
}

/** Pixels a kilometre at most; a narrow window has fewer. */
const SCALE = 0.5;
const INSET_ZOOM = 3.4;

/** The regions coloured by their change, a dot for each café, London once more enlarged. A click selects or opens. */
export function UkMap({ name, regions, cafes, selected }: UkMapProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [focused, setFocused] = useState<keyof typeof outlines>();
  const scale = Math.min(SCALE, width / WIDE);
  const tight = scale < TIGHT;
  const right = EDGE.left + width / scale;
  const px = (x: number) => (x - EDGE.left) * scale;
  const py = (y: number) => (y - EDGE.top) * scale;
  const ratioOf = new Map(regions.map(({ region, ratio }) => [region, ratio]));
  const drawn = (Object.keys(outlines) as (keyof typeof outlines)[]).toSorted(
    (a, b) => Number(a === selected) - Number(b === selected),
  );
  const onPage = `scale(${scale}) translate(${-EDGE.left} ${-EDGE.top})`;
  const london = boundsOf(outlines.London);
  const middle = { x: (london.left + london.right) / 2, y: (london.top + london.bottom) / 2 };
  const inset = { x: INSET.x + INSET.width / 2, y: INSET.y + INSET.height / 2 };
  const mainDots = cafes.filter(({ region }) => region !== "London");
  const lineOf = (line: readonly Place[]) => `M${line.map(([x, y]) => `${px(x)} ${py(y)}`).join("L")}`;
  const labelled = labels.filter(({ region }) => ratioOf.has(region));
  const londonDots = cafes.filter(({ region }) => region === "London");

  return (
    <div className="uk-map" ref={ref}>
      <Legend />
      <div className="map-layers">
        {width > 0 && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form's fields, this is a drawing with links in it
          <svg width={width} height={TALL * scale} role="group" aria-label={name}>
            <g transform={onPage}>
              {drawn.map((region) => (
                <RegionShape
                  key={region}
                  region={region}
                  path={outlines[region]}
                  onFocus={(on) => setFocused(on ? region : undefined)}
                  ratio={ratioOf.get(region)}
                  selected={region === selected}
                  scale={scale}
                />
              ))}
            </g>
            <g className="inset">
              <rect x={px(INSET.x)} y={py(INSET.y)} width={INSET.width * scale} height={INSET.height * scale} />
              <g
                transform={`translate(${px(inset.x)} ${py(inset.y)}) scale(${scale * INSET_ZOOM}) translate(${-middle.x} ${-middle.y})`}
              >
                <RegionShape
                  region="London"
                  path={outlines.London}
                  ratio={ratioOf.get("London")}
                  selected={selected === "London"}
                  scale={scale * INSET_ZOOM}
                  again
                />
              </g>
              <text x={px(INSET.x)} y={py(INSET.y) - 6}>
                {tight ? "London" : "London, enlarged"}
              </text>
            </g>
          </svg>
        )}
        {width > 0 && (
          <svg className="map-marks" width={width} height={TALL * scale} aria-hidden="true">
            {focused && (
              // Above its neighbours, and on a rim of paper: a ring has the blue of some regions.
              <g className="focused" transform={onPage}>
                <path d={outlines[focused]} strokeWidth={9 / scale} />
                <path d={outlines[focused]} strokeWidth={3 / scale} />
              </g>
            )}
            {mainDots.map((cafe) => {
              const [x, y] = placeOnMap(cafe.longitude, cafe.latitude);
              return (
                <CafeDot
                  key={cafe.cafeId}
                  cafe={cafe}
                  x={px(x)}
                  y={py(y)}
                  faded={Boolean(selected) && cafe.region !== selected}
                />
              );
            })}
            {londonDots.map((cafe) => {
              const [x, y] = placeOnMap(cafe.longitude, cafe.latitude);
              return (
                <CafeDot
                  key={cafe.cafeId}
                  cafe={cafe}
                  x={px(inset.x + (x - middle.x) * INSET_ZOOM)}
                  y={py(inset.y + (y - middle.y) * INSET_ZOOM)}
                  faded={Boolean(selected) && selected !== "London"}
                />
              );
            })}
            {labelled.map(
              ({ region, leader }) => leader && <path key={region} className="leader" d={lineOf(leader)} />,
            )}
            {labelled.map((label) => (
              <RegionLabel
                key={label.region}
                label={label}
                x={px(Math.min(label.x, right))}
                y={py(label.y)}
                text={(tight && label.short) || label.text || label.region}
                ratio={ratioOf.get(label.region)}
                selected={label.region === selected}
              />
            ))}
          </svg>
        )}
      </div>
    </div>
  );
}

interface RegionShapeProps {
  region: string;
  path: string;
  ratio: number | null | undefined;
  selected: boolean;
  scale: number;
  /** The keyboard comes to it, or leaves it. */
  onFocus?: (on: boolean) => void;
  /** A second picture of the same region needs no second stop for the keyboard. */
  again?: boolean;
}

function RegionShape({ region, path, ratio, selected, scale, onFocus, again = false }: RegionShapeProps) {
  const className = `region ${ratio === undefined ? "absent" : `div-${stepOf(ratio)}`}${selected ? " selected" : ""}`;
  const shape = <path d={path} className={className} fillRule="evenodd" strokeWidth={(selected ? 2 : 1) / scale} />;
  if (ratio === undefined) return shape;
  return (
    <Link
      to="/regions"
      search={(search) => ({ ...search, region: selected ? undefined : region })}
      resetScroll={false}
      aria-label={`${region}, ${ratio === null ? "not comparable" : percentChange(ratio)}`}
      onFocus={(event: FocusEvent) => onFocus?.((event.currentTarget as Element).matches(":focus-visible"))}
      onBlur={() => onFocus?.(false)}
      aria-hidden={again || undefined}
      tabindex={again ? -1 : undefined}
    >
      {shape}
    </Link>
  );
}

function CafeDot({ cafe, x, y, faded }: { cafe: CafeOnMap; x: number; y: number; faded: boolean }) {
  const navigate = useNavigate();
  const change = cafe.ratio === null ? "not comparable" : percentChange(cafe.ratio);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the league is the same list for the keyboard, without 100 stops
    <g
      className={`cafe-dot${cafe.missing ? " hollow" : ""}${faded ? " faded" : ""}`}
      onClick={() => void navigate({ to: "/cafes/$cafe", params: { cafe: String(cafe.cafeId) }, search: keepFilters })}
    >
      <circle className="reach" cx={x} cy={y} r={8} />
      <circle className="mark" cx={x} cy={y} r={cafe.missing ? 3.2 : 2.8} />
      <title>{`${cafe.name}, ${change}${cafe.missing ? ", a day missing" : ""}`}</title>
    </g>
  );
}

interface RegionLabelProps {
  label: Label;
  x: number;
  y: number;
  text: string;
  ratio: number | null | undefined;
  selected: boolean;
}

function RegionLabel({ label, x, y, text, ratio, selected }: RegionLabelProps) {
  return (
    <text className={selected ? "region-label selected" : "region-label"} x={x} y={y} textAnchor={label.anchor}>
      <tspan>{text}</tspan>
      <tspan className="value" x={x} dy={15}>
        {ratio === null || ratio === undefined ? "–" : percentChange(ratio)}
      </tspan>
    </text>
  );
}
