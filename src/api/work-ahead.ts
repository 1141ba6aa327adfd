import { setTimeout as pause } from "node:timers/promises";
import { Scope } from "#core/scope.ts";
import type { Directory } from "#metrics/directory.ts";
import type { Metric } from "#metrics/metric.ts";
import { namedPeriodsOf } from "#metrics/named-periods.ts";
import type { Asked } from "#metrics/question.ts";
import { metrics } from "#metrics/registry.ts";
import type { ReadingRoom } from "./reading-room.ts";

/** A question of a page, ready to be put. */
export interface Foreseen {
  readonly metric: Metric<unknown, object>;
  readonly asked: Asked;
  readonly own: object;
}

/** What the questions follow from. */
type Known = Pick<Directory, "dates"> & { readonly cafes: readonly { readonly region: string }[] };

/**
 * Works out ahead of readers what the dashboard asks for every named period, comparison and region, so that whoever opens it after
 * the nightly run finds it ready, and whoever changes a filter too. It is done for who sees every café, one answer after
 * another, and only while nobody asks for anything else.
 */
export class WorkAhead {
  readonly #room: ReadingRoom;
  readonly #restMs: number;
  #closed = false;
  #under: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;

  /** @param restMs readers who asked so many milliseconds ago will ask again: so long nothing is worked out ahead */
  constructor(room: ReadingRoom, restMs = 1000) {
    this.#room = room;
    this.#restMs = restMs;
  }

  /**
   * Begins anew, with the data as they are now. Settles when all is worked out, when another start or {@link close} ended it, or when
   * something could not be answered: best effort, since what is not there is worked out when it is asked for.
   */
  async start(): Promise<void> {
    if (this.#closed) return;
    const before = this.#under;
    before?.stop.abort();
    const stop = new AbortController();
    const work = async () => {
      await before?.done;
      await this.#workThrough(stop.signal);
    };
    this.#under = { stop, done: work().catch(() => undefined) };
    await this.#under.done;
  }

  /** Ends what is under way, for good. Settles once the warehouse is asked for nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#under?.stop.abort();
    await this.#under?.done;
  }

  async #workThrough(signal: AbortSignal): Promise<void> {
    const directory = await this.#room.directory();
    const scope = new Scope(directory.cafes.map((cafe) => cafe.cafeId));
    for (const { metric, asked, own } of foreseen(directory)) {
      while (this.#room.restedFor < this.#restMs) await pause(this.#restMs / 4, undefined, { signal });
      if (signal.aborted) return;
      const question = this.#room.ask(directory, scope, asked);
      const tag = this.#room.tagOf(directory, question, metric.name, own);
      await this.#room.answerAhead(tag, () => metric.run(question, own));
    }
  }
}

/**
 * What the pages ask, the likeliest first: the brief of the chain as it opens and by every choice, the regions page, then both of
 * each region. A test with the real pages sees that they ask just this.
 */
export function* foreseen({ dates, cafes }: Known): Generator<Foreseen> {
  if (!dates) return;
  const periods = Object.values(namedPeriodsOf(dates)).flatMap((days) =>
    days ? [{ from: days.from, to: days.to }] : [],
  );
  const comparisons = ["week", "year"] as const;
  for (const period of periods) for (const compare of comparisons) yield* brief({ ...period, compare });
  for (const period of periods) {
    for (const compare of comparisons) yield foresee(metrics.league, { ...period, compare });
  }
  for (const region of new Set(cafes.map((cafe) => cafe.region))) {
    const isSmall = cafes.filter((cafe) => cafe.region === region).length <= sideBySide;
    for (const period of periods) {
      for (const compare of comparisons) {
        const asked = { ...period, region, compare };
        yield* brief(asked);
        if (isSmall) yield foresee(metrics.league, asked);
      }
      yield foresee(metrics.salesTrend, { ...period, region, compare: "year" }, { grain: "week" });
    }
  }
}

/** Up to so many cafés of a region the brief shows side by side. */
const sideBySide = 6;

function* brief(asked: Asked): Generator<Foreseen> {
  yield foresee(metrics.sales, asked);
  yield foresee(metrics.change, asked);
  yield foresee(metrics.salesTrend, { ...asked, compare: "year" }, { grain: "day" });
  yield foresee(metrics.salesByHour, asked);
  yield foresee(metrics.products, asked, { limit: 6 });
  yield foresee(metrics.deliveries, asked);
}

function foresee(metric: unknown, asked: Asked, own: object = {}): Foreseen {
  return { metric: metric as Metric<unknown, object>, asked, own };
}
