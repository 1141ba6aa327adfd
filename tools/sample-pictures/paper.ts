/** The palette and type of the dashboard, on its paper. */
export const ink = {
  page: "#FBF8F4",
  text: "#2B2118",
  muted: "#6F6358",
  rule: "#E9E1D8",
  rule2: "#CFC3B6",
  accent: "#A94A10",
  bar: "#CDC1B4",
  series2: "#7A6E63",
} as const;

/** A colour for each character of café. */
export const hues: Readonly<Record<string, string>> = {
  commuter: "#0072B2",
  high_street: "#A94A10",
  seaside: "#00795A",
  retail_park: "#A64F86",
  campus: "#8A7400",
};

export const characterNames: Readonly<Record<string, string>> = {
  commuter: "Commuter",
  high_street: "High street",
  seaside: "Seaside",
  retail_park: "Retail park",
  campus: "Campus",
};

type Anchor = "start" | "middle" | "end";

interface TextStyle {
  readonly size?: number;
  readonly weight?: number;
  readonly fill?: string;
  readonly anchor?: Anchor;
}

/** A line of text. Nothing is smaller than 12. */
export function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { size = 12, weight = 400, fill = ink.muted, anchor = "start" } = style;
  const attributes = [`x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"`];
  if (weight !== 400) attributes.push(`font-weight="${weight}"`);
  if (anchor !== "start") attributes.push(`text-anchor="${anchor}"`);
  return `<text ${attributes.join(" ")}>${words.replaceAll("&", "&amp;")}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: string = ink.rule): string {
  return `<path d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}" stroke="${stroke}"/>`;
}

export function bar(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"/>`;
}

/** A line through points. */
export function curve(points: readonly (readonly [number, number])[], stroke: string, width = 2, dash = ""): string {
  const path = points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L");
  const dashes = dash ? ` stroke-dasharray="${dash}"` : "";
  return `<path d="M${path}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linejoin="round"${dashes}/>`;
}

/** A picture on paper: a finding as its title, and what is measured below it. */
export function picture(
  width: number,
  height: number,
  title: string,
  subtitle: string,
  parts: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Inter, 'Helvetica Neue', Arial, sans-serif" font-size="12" role="img" aria-label="${title}">`,
    `<rect width="${width}" height="${height}" fill="${ink.page}"/>`,
    text(24, 36, title, { size: 16, weight: 650, fill: ink.text }),
    text(24, 56, subtitle, { size: 13 }),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

export function round(number: number): number {
  return Math.round(number * 10) / 10;
}
