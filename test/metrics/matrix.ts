import type { z } from "zod";
import type { MetricDefinition } from "#api/metric-definitions.ts";
import { addDays } from "#core/day.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import type { Cafe, Directory } from "#metrics/directory.ts";

/** One query of the matrix, with its parameters as an address has them. */
export interface MatrixQuery {
  metric: string;
  /** What is asked, in short, such as "chain, year, compare none, limit=500". */
  what: string;
  params: Record<string, string>;
  /** The metric's own parameters that are not as they are by themselves. */
  own: readonly string[];
  /** One of the widest: the whole chain over the whole year, and cohorts and pairs of anything. */
  wide: boolean;
}

/** What the home that is asked holds, as far as the matrix needs to know. */
export interface Holdings {
  cafes: readonly Cafe[];
  first: string;
  last: string;
  /** Values for parameters that only the data can give, by their names: a receipt there is, a product that sells. */
  examples: Readonly<Record<string, readonly string[]>>;
}

/** What there is to ask about: the middle café by name that ever sold anything, its last day with receipts, and one of those. */
export async function readHoldings(
  warehouse: Pick<Warehouse, "query">,
  { cafes, dates }: Directory,
): Promise<Holdings> {
  const sellers = await warehouse.query<{ cafe: number; date: string }>(
    "select location_id as cafe, cast(max(business_date) as varchar(10)) as date from transactions group by location_id",
  );
  const selling = cafes.filter(({ cafeId }) => sellers.some(({ cafe }) => cafe === cafeId));
  const middle = selling[selling.length >> 1];
  const last = sellers.find(({ cafe }) => cafe === middle?.cafeId);
  if (!dates || !last) throw new Error("There is no data to ask about.");
  const [receipt] = await warehouse.query<{ id: string }>(
    `select cast(max(transaction_id) as varchar(20)) as id
     from transactions
     where location_id = $cafe and business_date = cast($date as date)`,
    { ...last },
  );
  const examples = { cafe: [String(last.cafe)], date: [last.date], receipt: receipt ? [receipt.id] : [] };
  return { cafes: selling, ...dates, examples };
}

const days = { day: 1, week: 7, month: 28, year: 364 };
const comparisons = ["none", "week", "year"];
/** Metrics that look at every customer's, or every basket's, whole history whatever the period. */
const widest = /^(cohorts|bought-together)$/;

/**
 * The fixed matrix of a metric: a café, a region and the chain × a day, a week, a month and a year up to the last day ×
 * compared with nothing, the week and the year before; and each of these again with every further value of each of its own
 * parameters, one at a time: every choice of a choice, both ends of a number. It is made from the metric's parameters, so a
 * metric that is new is in it.
 */
export function matrixOf(definition: MetricDefinition, holdings: Holdings): MatrixQuery[] {
  const { metric, parameters, common, own } = definition;
  const required = own.flatMap((name) => (isOptional(parameters.shape[name]) ? [] : [name]));
  const base = Object.fromEntries(required.map((name) => [name, valuesOf(definition, name, holdings)[0] ?? ""]));
  const variants = [
    {},
    ...own.flatMap((name) => {
      const values = valuesOf(definition, name, holdings);
      return (required.includes(name) ? values.slice(1) : values).map((value) => ({ [name]: value }));
    }),
  ];
  const frames = common.includes("from") ? framesOf(holdings) : [{ what: "", params: {}, whole: false }];
  return frames.flatMap((frame) =>
    variants.map((variant) => ({
      metric: metric.name,
      what: [frame.what, ...Object.entries(variant).map(([name, value]) => `${name}=${value}`)]
        .filter(Boolean)
        .join(", "),
      params: { ...frame.params, ...base, ...variant },
      own: Object.keys(variant),
      wide: frame.whole || widest.test(metric.name),
    })),
  );
}

function framesOf({ cafes, last }: Holdings): { what: string; params: Record<string, string>; whole: boolean }[] {
  const middle = cafes[cafes.length >> 1];
  if (!middle) return [];
  const places: [string, Record<string, string>][] = [
    ["café", { cafe: String(middle.cafeId) }],
    ["region", { region: middle.region }],
    ["chain", {}],
  ];
  return places.flatMap(([place, where]) =>
    Object.entries(days).flatMap(([period, length]) =>
      comparisons.map((compare) => ({
        what: `${place}, ${period}, compare ${compare}`,
        params: { ...where, from: addDays(last, 1 - length), to: last, compare },
        whole: place === "chain" && period === "year",
      })),
    ),
  );
}

function isOptional(schema: unknown): boolean {
  return (schema as z.ZodType).safeParse(undefined).success;
}

/** The values of a parameter that are asked for. */
function valuesOf({ metric, parameters }: MetricDefinition, name: string, { examples }: Holdings): readonly string[] {
  const known = examples[name];
  if (known) return known;
  const schema = inside(parameters.shape[name] as z.ZodType);
  if (schema.def.type === "enum") return (schema as z.ZodEnum).options.map(String);
  if (schema.def.type === "boolean") return ["true", "false"];
  if (schema.def.type === "number") {
    const { minValue, maxValue } = schema as z.ZodNumber;
    return [minValue, maxValue].flatMap((end) => (end === null || !Number.isFinite(end) ? [] : [String(end)]));
  }
  if (isOptional(parameters.shape[name])) return [];
  throw new Error(`Nothing is known to ask ${metric.name} with as its parameter "${name}": give it an example.`);
}

/** A parameter's schema without what makes it optional or reads it from text. */
function inside(schema: z.ZodType): z.ZodType {
  const { innerType, out } = schema.def as unknown as { innerType?: z.ZodType; out?: z.ZodType };
  const inner = innerType ?? out;
  return inner ? inside(inner) : schema;
}
