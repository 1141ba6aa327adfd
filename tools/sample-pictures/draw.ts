import type { SampleLedger } from "#feed/generate/ledger.ts";
import { gazetteer } from "#feed/places/gazetteer.ts";
import type { Measures } from "./measure.ts";
import { bar, characterNames, curve, hues, ink, line, picture, round, text } from "./paper.ts";

const WIDTH = 760;
const LEFT = 24;
const characters = ["commuter", "high_street", "seaside", "retail_park", "campus"];
/** Five panels side by side. */
const PANEL = 128;
const GAP = (WIDTH - 2 * LEFT - 5 * PANEL) / 4;
const panelAt = (number: number) => LEFT + number * (PANEL + GAP);

/** The share of receipts in each hour, weekdays as bars and weekends as a line. */
export function drawHours({ hours }: Measures): string {
  const [top, bottom, most] = [104, 240, 20];
  const height = (percent: number) => ((bottom - top) * percent) / most;
  const step = PANEL / 15;
  const parts = characters.flatMap((character, number) => {
    const x = (hour: number) => panelAt(number) + (hour - 6) * step;
    const of = (weekend: boolean) => hours.filter((each) => each.character === character && each.weekend === weekend);
    const weekend = of(true).map(({ hour, percent }) => [x(hour) + step / 2, bottom - height(percent)] as const);
    return [
      text(panelAt(number), 90, characterNames[character] ?? "", { weight: 650, fill: ink.text }),
      ...of(false).map(({ hour, percent }) =>
        bar(x(hour) + 0.6, bottom - height(percent), step - 1.2, height(percent), ink.bar),
      ),
      curve(weekend, hues[character] ?? ink.accent),
      line(panelAt(number), bottom, panelAt(number) + PANEL, bottom, ink.rule2),
      ...[8, 12, 16, 20].map((hour) => text(x(hour), bottom + 18, String(hour), { anchor: "middle" })),
    ];
  });
  return picture(
    WIDTH,
    276,
    "Commuters come before nine, everyone else from eleven to four",
    "Share of a day’s receipts by hour: bars are weekdays, lines are weekends",
    parts,
  );
}

/** Trade on each weekday against the mean day. */
export function drawWeekdays({ weekdays }: Measures): string {
  const [top, bottom, most] = [108, 220, 1.5];
  const step = PANEL / 7;
  const parts = characters.flatMap((character, number) => {
    const days = weekdays.filter((each) => each.character === character);
    const mean = bottom - (bottom - top) / most;
    return [
      text(panelAt(number), 90, characterNames[character] ?? "", { weight: 650, fill: ink.text }),
      ...days.map(({ weekday, index }) => {
        const height = ((bottom - top) * index) / most;
        const best = index === Math.max(...days.map((each) => each.index));
        const fill = best ? (hues[character] ?? ink.accent) : ink.bar;
        return bar(panelAt(number) + (weekday - 1) * step + 1, bottom - height, step - 2, height, fill);
      }),
      line(panelAt(number), mean, panelAt(number) + PANEL, mean, ink.series2),
      line(panelAt(number), bottom, panelAt(number) + PANEL, bottom, ink.rule2),
      ...[..."MTWTFSS"].map((day, at) =>
        text(panelAt(number) + (at + 0.5) * step, bottom + 18, day, { anchor: "middle" }),
      ),
    ];
  });
  return picture(
    WIDTH,
    256,
    "Offices and lectures make the middle of the week, shopping and outings the end of it",
    "Receipts by weekday; the line is the mean day",
    parts,
  );
}

/** Trade week by week against the mean week. */
export function drawSeasons({ weeks }: Measures): string {
  const [top, bottom, least, most] = [84, 316, 0.4, 1.8];
  const right = WIDTH - 110;
  const all = [...new Set(weeks.map(({ week }) => week))].sort();
  const x = (week: string) => LEFT + 36 + ((right - LEFT - 36) * all.indexOf(week)) / (all.length - 1);
  const y = (index: number) => bottom - ((bottom - top) * (index - least)) / (most - least);
  const grid = [0.5, 1, 1.5].flatMap((index) => [
    line(LEFT + 36, y(index), right, y(index), index === 1 ? ink.rule2 : ink.rule),
    text(LEFT, y(index) + 4, index.toFixed(1)),
  ]);
  const months = all.flatMap((week, at) => {
    const month = week.slice(0, 7);
    if (all[at - 1]?.slice(0, 7) === month || at === 0) return [];
    const name = new Date(`${week}T00:00Z`).toLocaleString("en-GB", { month: "short", timeZone: "UTC" });
    return [
      text(x(week), bottom + 20, month.endsWith("-01") ? `${name} ${month.slice(0, 4)}` : name, { anchor: "middle" }),
    ];
  });
  const ends = characters
    .map((character) => {
      const points = weeks.filter((each) => each.character === character);
      return { character, points, at: y(points.at(-1)?.index ?? 1) };
    })
    .sort((one, other) => one.at - other.at);
  // Labels at the ends of lines, pushed apart.
  for (const [number, end] of ends.entries()) end.at = Math.max(end.at, (ends[number - 1]?.at ?? 0) + 15);
  const lines = ends.flatMap(({ character, points, at }) => [
    curve(
      points.map(({ week, index }) => [x(week), y(index)] as const),
      hues[character] ?? ink.accent,
    ),
    text(right + 8, at + 4, characterNames[character] ?? "", { fill: hues[character] ?? ink.text, weight: 650 }),
  ]);
  return picture(
    WIDTH,
    352,
    "Seaside cafés live from the summer, campuses from the term, shops from Christmas",
    "Receipts a week against the mean week of thirteen months",
    [...grid, ...months, ...lines],
  );
}

/** How many customers came once, twice, …, and what the negative binomial distribution fitted to them says. */
export function drawVisits({ visits }: Measures, fitted: readonly number[]): string {
  const [top, bottom, most] = [92, 292, 40];
  const customers = visits.reduce((sum, each) => sum + each.customers, 0);
  const step = (WIDTH - 2 * LEFT) / fitted.length;
  const height = (share: number) => ((bottom - top) * 100 * share) / most;
  const parts = fitted.flatMap((share, index) => {
    const found = (visits.find((each) => each.visits === index + 1)?.customers ?? 0) / customers;
    const x = LEFT + index * step;
    return [
      bar(x + 3, bottom - height(found), step - 6, height(found), ink.bar),
      `<circle cx="${round(x + step / 2)}" cy="${round(bottom - height(share))}" r="4" fill="${ink.page}" stroke="${ink.accent}" stroke-width="2.5"/>`,
      ...(index < 6
        ? [text(x + step / 2, bottom - height(found) - 10, `${(100 * found).toFixed(1)} %`, { anchor: "middle" })]
        : []),
      text(x + step / 2, bottom + 18, String(index + 1), { anchor: "middle" }),
    ];
  });
  return picture(
    WIDTH,
    330,
    "Most customers come once or twice, as the law of repeat buying has it",
    "Share of customers by visits in thirteen months: bars as generated, rings the negative binomial distribution",
    [...parts, line(LEFT, bottom, WIDTH - LEFT, bottom, ink.rule2)],
  );
}

/** Where the cafés are, on the dots of the gazetteer, and how much they sell. */
export function drawMap({ cafes }: Measures, ledger: SampleLedger): string {
  const [height, scale] = [800, 74];
  const x = (longitude: number) => 90 + (longitude + 8.2) * scale * 0.58;
  const y = (latitude: number) => 80 + (59.4 - latitude) * scale;
  const cells = new Set(
    gazetteer()
      .filter(({ latitude }) => latitude < 59.5)
      .map(({ latitude, longitude }) => `${Math.round(x(longitude) / 4) * 4} ${Math.round(y(latitude) / 4) * 4}`),
  );
  const land = `<path d="${[...cells].map((cell) => `M${cell}h0`).join("")}" stroke="${ink.rule2}" stroke-width="3" stroke-linecap="round"/>`;
  const trade = new Map(cafes.map(({ cafe, perDay }) => [cafe, perDay]));
  const dots = ledger.cafes.map(({ name, character, latitude, longitude }) => {
    const radius = round(Math.sqrt((trade.get(name) ?? 0) / 100) * 5);
    return `<circle cx="${round(x(longitude))}" cy="${round(y(latitude))}" r="${radius}" fill="${hues[character]}" fill-opacity=".8" stroke="${ink.page}"/>`;
  });
  const key = characters.flatMap((character, number) => [
    `<circle cx="${WIDTH - 150}" cy="${104 + 24 * number}" r="6" fill="${hues[character]}"/>`,
    text(WIDTH - 134, 108 + 24 * number, characterNames[character] ?? "", { size: 13, fill: ink.text }),
  ]);
  return picture(
    WIDTH,
    height,
    `${ledger.cafes.length} cafés, spread over twelve regions as people are`,
    "Each café where it stands; its area is its receipts a day. Grey: the places of the gazetteer",
    [land, ...dots, ...key],
  );
}
