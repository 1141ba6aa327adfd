import type { z } from "zod";
import { csvOf, jsonOf } from "#api/metric-answer.ts";
import { askedIn, type MetricDefinition, type MetricQuery, metricDefinitions } from "#api/metric-definitions.ts";
import { ReadingRoom } from "#api/reading-room.ts";
import { plainName } from "#core/cafes/plain-name.ts";
import { RefusedError } from "#core/errors.ts";
import { Scope } from "#core/scope.ts";
import type { Directory } from "#metrics/directory.ts";
import type { Home } from "../home/open-home.ts";
import { didYouMean } from "./nearest-names.ts";

/** What a person asks of a metric. */
export interface MetricOrder {
  metric: string;
  /** The API's parameters, as text; a region in any spelling. */
  params: Record<string, string>;
  /** Cafés by id, or by any of their names; instead of the parameter `cafe`. */
  cafes: string[];
}

/** The metric of that name. Throws a RefusedError that names the nearest when there is none. */
export function metricNamed(name: string): MetricDefinition {
  const definition = metricDefinitions.find(({ metric }) => metric.name === name);
  if (definition) return definition;
  const names = metricDefinitions.map(({ metric }) => metric.name);
  throw new RefusedError(
    `There is no metric "${name}".`,
    didYouMean(name, names, "`infinity metric` lists them, each with its question."),
  );
}

/**
 * Answers a metric for head office, which sees every café: the very text that the API sends.
 *
 * @throws RefusedError when a parameter, a café or a region cannot be what was given
 */
export async function readMetric({ warehouse }: Pick<Home, "warehouse">, order: MetricOrder): Promise<string> {
  const { metric, parameters } = metricNamed(order.metric);
  const room = new ReadingRoom(warehouse);
  const directory = await room.directory();
  const { region } = order.params;
  const cafeIds = await cafeIdsOf(warehouse, order.cafes);
  const result = parameters.safeParse({
    ...order.params,
    ...(region === undefined ? {} : { region: regionNamed(region, directory) }),
    ...(cafeIds.length === 0 ? {} : { cafe: cafeIds.join(",") }),
  });
  if (!result.success) throw parameterRefused(order.metric, result.error);
  const query = result.data as unknown as MetricQuery;
  const everyone = new Scope(directory.cafes.map((cafe) => cafe.cafeId));
  const question = room.ask(directory, everyone, askedIn(query));
  const json = await jsonOf(room, { metric, query, directory, question });
  return query.format === "csv" ? csvOf({ metric, query }, JSON.parse(json)).csv : json;
}

/** What a parameter is called on the command line. */
export function flagOf(parameter: string): string {
  return `--${parameter.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function parameterRefused(metric: string, { issues }: z.ZodError): RefusedError {
  const faults = issues.map(({ path, message }) => `${flagOf(path.join("."))}: ${message.replace(/\.$/, "")}.`);
  return new RefusedError(faults.join(" "), `\`infinity metric ${metric} --help\` says what it takes.`);
}

function regionNamed(name: string, { cafes }: Directory): string {
  const regions = [...new Set(cafes.map((cafe) => cafe.region))].sort();
  const found = regions.find((region) => plainName(region) === plainName(name));
  if (found !== undefined) return found;
  const words = regions.length === 0 ? "Load till files first." : `There are cafés in: ${regions.join(", ")}.`;
  throw new RefusedError(`No café is in a region called "${name}".`, didYouMean(name, regions, words));
}

interface NameRow {
  location_id: number;
  name: string;
}

async function cafeIdsOf(warehouse: Home["warehouse"], cafes: readonly string[]): Promise<number[]> {
  if (cafes.length === 0) return [];
  const known = await warehouse.query<NameRow>(
    `select location_id, name from locations
     union
     select location_id, name from location_names
     order by name, location_id`,
  );
  return cafes.flatMap((cafe) => idsNamed(cafe, known));
}

/** A café by its name, or by its id; or several, with commas between. */
function idsNamed(text: string, known: readonly NameRow[]): number[] {
  const one = idNamed(text, known);
  if (one !== undefined) return [one];
  return text.split(",").map((part) => {
    const id = idNamed(part, known);
    if (id !== undefined) return id;
    throw new RefusedError(
      `No café is called "${part.trim()}".`,
      didYouMean(
        part,
        new Set(known.map(({ name }) => name)),
        "`infinity cafes list` shows every café that ever delivered.",
      ),
    );
  });
}

function idNamed(text: string, known: readonly NameRow[]): number | undefined {
  const exact = known.find(({ name }) => name === text.trim());
  const alike = new Set(known.filter(({ name }) => plainName(name) === plainName(text)).map((row) => row.location_id));
  const [only] = alike;
  if (exact) return exact.location_id;
  if (alike.size > 1)
    throw new RefusedError(`"${text.trim()}" could be several cafés.`, "Write its name exactly, or its id.");
  return only ?? known.find((row) => String(row.location_id) === text.trim())?.location_id;
}
