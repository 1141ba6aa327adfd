import { join } from "node:path";
import Table from "cli-table3";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { askedIn, type MetricDefinition, type MetricQuery, metricDefinitions } from "#api/metric-definitions.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { Scope } from "#core/scope.ts";
import { ask } from "#metrics/ask.ts";
import { type Directory, readDirectory } from "#metrics/directory.ts";
import { NoDataError, ParameterError } from "#metrics/errors.ts";
import { type Holdings, type MatrixQuery, matrixOf, readHoldings } from "../test/metrics/matrix.ts";

/** What each metric needs for its part of the matrix; milliseconds, warm, without the API's memory of answers. */
export interface MetricFigures {
  metric: string;
  queries: number;
  /** Queries that the metric does not answer, such as weeks that are not whole. */
  refused: number;
  p50: number | null;
  /** Of all but the widest. */
  p95: number | null;
  /** Of the widest alone. */
  widestP95: number | null;
  slowest: { what: string; ms: number } | null;
  /** The same in processor time of all threads, which other work on the machine hardly changes. */
  cpuP95: number | null;
  widestCpuP95: number | null;
  met: boolean;
  timings: Timing[];
}

interface Timing {
  what: string;
  wide: boolean;
  ms: number[];
  cpuMs: number[];
}

const target = { usual: 100, widest: 400 };

/**
 * Measures every metric of the registry on a home that nobody is serving, from the question to the answer as the API would send
 * it: each query of the matrix once to warm up, then so many rounds.
 *
 * @param only the names of the metrics to measure; all when left out
 */
export async function benchAnswers(home: string, rounds: number, only?: readonly string[]): Promise<MetricFigures[]> {
  const warehouse = await openDuckdb({
    path: join(home, "warehouse.duckdb"),
    readableFolders: [],
    memoryMegabytes: 800,
  });
  try {
    const directory = await readDirectory(warehouse);
    const holdings = await readHoldings(warehouse, directory);
    const figures: MetricFigures[] = [];
    for (const definition of metricDefinitions) {
      if (only && !only.includes(definition.metric.name)) continue;
      process.stderr.write(`${definition.metric.name} …\n`);
      figures.push(await measured(definition, warehouse, directory, holdings, rounds));
    }
    return figures;
  } finally {
    await warehouse.close();
  }
}

async function measured(
  definition: MetricDefinition,
  warehouse: Warehouse,
  directory: Directory,
  holdings: Holdings,
  rounds: number,
): Promise<MetricFigures> {
  const queries = matrixOf(definition, holdings);
  const timings: Timing[] = [];
  let refused = 0;
  for (const query of queries) {
    const timing: Timing = { what: query.what, wide: query.wide, ms: [], cpuMs: [] };
    try {
      await answer(definition, warehouse, directory, query);
      for (let round = 0; round < rounds; round += 1) {
        const [started, cpu] = [performance.now(), process.cpuUsage()];
        await answer(definition, warehouse, directory, query);
        timing.ms.push(performance.now() - started);
        const { user, system } = process.cpuUsage(cpu);
        timing.cpuMs.push((user + system) / 1000);
      }
      timings.push(timing);
    } catch (error) {
      if (!(error instanceof ParameterError || error instanceof NoDataError)) throw error;
      refused += 1;
    }
  }
  return figuresOf(definition.metric.name, queries.length, refused, timings);
}

/** Everything from the parameters to the answer's text, with nothing worked out before. */
async function answer(
  { metric, parameters }: MetricDefinition,
  warehouse: Warehouse,
  directory: Directory,
  { params }: MatrixQuery,
): Promise<string> {
  const query = parameters.parse(params) as unknown as MetricQuery;
  const everyone = new Scope(directory.cafes.map((cafe) => cafe.cafeId));
  const question = ask(warehouse, directory, everyone, askedIn(query));
  return JSON.stringify(await metric.run(question, query));
}

function figuresOf(metric: string, queries: number, refused: number, timings: Timing[]): MetricFigures {
  const usual = timings.filter(({ wide }) => !wide);
  const widest = timings.filter(({ wide }) => wide);
  const [slowest] = timings
    .map(({ what, ms }) => ({ what, ms: percentile(ms, 0.5) ?? 0 }))
    .sort((one, other) => other.ms - one.ms);
  const p95Of = (some: Timing[], figure: (timing: Timing) => number[]) => percentile(some.flatMap(figure), 0.95);
  const ms = (timing: Timing) => timing.ms;
  const cpu = (timing: Timing) => timing.cpuMs;
  const [p95, widestP95] = [p95Of(usual, ms), p95Of(widest, ms)];
  return {
    metric,
    queries,
    refused,
    p50: percentile(timings.flatMap(ms), 0.5),
    p95,
    cpuP95: p95Of(usual, cpu),
    widestP95,
    widestCpuP95: p95Of(widest, cpu),
    slowest: slowest ?? null,
    met: timings.length > 0 && (p95 ?? 0) <= target.usual && (widestP95 ?? 0) <= target.widest,
    timings,
  };
}

function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** The figures as a table. */
export function answersTable(figures: readonly MetricFigures[]): string {
  const table = new Table({
    head: ["Metric", "Queries", "p50", "p95", "(CPU)", "Widest", "(CPU)", "Slowest", "", "Met"],
    colAligns: ["left", "right", "right", "right", "right", "right", "right", "right", "left", "left"],
    style: { head: [], border: [] },
  });
  const ms = (value: number | null) => (value === null ? "" : value.toFixed(value < 10 ? 1 : 0));
  for (const { metric, queries, refused, p50, p95, cpuP95, widestP95, widestCpuP95, slowest, met } of figures) {
    const asked = refused === 0 ? String(queries) : `${queries}, ${refused} refused`;
    const times = [p50, p95, cpuP95, widestP95, widestCpuP95, slowest?.ms ?? null].map(ms);
    table.push([metric, asked, ...times, slowest?.what || "the only one", met ? "yes" : "no"]);
  }
  return (
    `Answers, ms, warm. Target: 95th percentile within ${target.usual}, of the widest (by itself) within ${target.widest}.\n` +
    table.toString()
  );
}
