import { Scope } from "#core/scope.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Asked } from "#metrics/question.ts";
import { metrics } from "#metrics/registry.ts";
import type { ReadingRoom } from "./reading-room.ts";

/** What the brief asks when it is opened without filters. */
const firstView: readonly { name: keyof typeof metrics; compare: Asked["compare"]; own: object }[] = [
  { name: "sales", compare: "week", own: {} },
  { name: "change", compare: "week", own: {} },
  { name: "salesTrend", compare: "year", own: { grain: "day" } },
  { name: "salesByHour", compare: "week", own: {} },
  { name: "products", compare: "week", own: { limit: 6 } },
  { name: "deliveries", compare: "week", own: {} },
  { name: "league", compare: "week", own: {} },
  { name: "league", compare: "year", own: {} },
];

/**
 * Works out the first view of who sees every café, one metric after another, so that whoever opens the dashboard after the nightly
 * run finds it ready, and whoever is at work meanwhile is not held up.
 */
export async function warmUp(room: ReadingRoom): Promise<void> {
  const directory = await room.directory();
  if (!directory.dates) return;
  const scope = new Scope(directory.cafes.map((cafe) => cafe.cafeId));
  for (const { name, compare, own } of firstView) {
    const question = room.ask(directory, scope, { compare });
    const metric = metrics[name] as Metric<unknown, object>;
    await room.answer(room.tagOf(directory, question, metric.name, own), () => metric.run(question, own));
  }
}
