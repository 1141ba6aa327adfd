import { z } from "zod";
import { commonParams } from "#api/contract/parameters.ts";
import { type MetricDefinition, metricDefinitions } from "#api/metric-definitions.ts";
import { businessDate, pence, ratio, unit } from "#metrics/answer.ts";

/** A schema as JSON Schema has it, as far as the document tells it. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
  maximum?: number;
  default?: unknown;
  anyOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  $defs?: Record<string, Schema>;
  [unit]?: string | undefined;
}

/** What every answer about a period begins with; told once. */
const headFields = ["period", "comparison", "trust"];
/** A part of answers that has a name: it is told once, by itself. With the metrics whose answers have it. */
interface Part {
  schema: Schema;
  metrics: Set<string>;
}

/** docs/metrics.md, from the definitions: the metrics, their parameters' and answers' schemas. */
export function metricsDocument(): string {
  const answers = new Map(metricDefinitions.map(({ metric }) => [metric.name, schemaOf(metric.answer)]));
  const document = new Document(partsOf(answers));
  return [
    introduction(),
    questions(),
    everyParameter(),
    ...metricDefinitions.map((definition) => document.metric(definition, answers.get(definition.metric.name) ?? {})),
    document.sharedParts(),
  ]
    .join("\n\n")
    .concat("\n");
}

function introduction(): string {
  return `# Metrics

Every question the tracker answers, with what its figures mean. Written by \`npm run docs\` from the definitions in
\`src/metrics\`; change those, not this.

A metric has one definition, and it is the same wherever it is met: on the dashboard's pages, at its address in the API
(\`GET /api/metrics/NAME\`), on the command line (\`infinity metric NAME\`, which prints the API's very JSON with \`--json\`, and its
CSV with \`--csv\`), and in exports.

- Money is whole pence, unless it is a mean. A ratio of 0.041 is 4.1 %. Days are business dates, \`YYYY-MM-DD\`; weekdays count
  from Monday = 1; hours are of the UK's clock.
- Changes are like for like: only café-days that were open and delivered on both sides are compared.
- Null means unknown, or not comparable. It never means zero.
- Every answer is about the cafés that whoever asks may see, and no others.`;
}

function questions(): string {
  const rows = metricDefinitions.map(({ metric }) => [metric.question, `[${metric.name}](#${metric.name})`]);
  return `## Questions\n\n${tableOf(["You want to know", "Ask"], rows)}`;
}

function everyParameter(): string {
  const rows = parameterRows(commonParams, Object.keys(commonParams.shape));
  return `## Parameters of every metric about a period

On the command line they are flags: \`--from 2026-03-01\`. There, \`--cafe\` takes names as well.

${tableOf(["Parameter", "Takes", "Meaning"], rows)}`;
}

function partsOf(answers: ReadonlyMap<string, Schema>): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const [metric, answer] of answers) {
    for (const [, name = ""] of JSON.stringify(answer).matchAll(/"#\/\$defs\/(\w+)"/g)) {
      const schema = answer.$defs?.[name];
      if (schema === undefined) continue;
      const metrics = parts.get(name)?.metrics ?? new Set<string>();
      parts.set(name, { schema, metrics: metrics.add(metric) });
    }
  }
  return parts;
}

/** Descriptions that say no more than what a field is. */
const saidByKind = new Set([businessDate, pence, ratio].map(({ description }) => description ?? ""));

/** Writes the sections that lead to parts. */
class Document {
  readonly #parts: ReadonlyMap<string, Part>;

  constructor(parts: ReadonlyMap<string, Part>) {
    this.#parts = parts;
  }

  metric({ metric, path, parameters, common, own }: MetricDefinition, answer: Schema): string {
    const ownRows = parameterRows(parameters, own);
    const aboutPeriod = common.includes("from");
    const everyone = "[those of every metric](#parameters-of-every-metric-about-a-period)";
    const hasHead = headFields.every((field) => field in (answer.properties ?? {}));
    const fields = this.#fieldRows(answer, "", hasHead ? headFields : []);
    return [
      `## ${metric.name}`,
      `**${metric.question}**`,
      metric.formula,
      [
        `- Grain: ${metric.grain}`,
        `- Units: ${metric.units}`,
        `- Withheld: ${metric.suppression}`,
        `- Asked at \`${path}\`, or with \`infinity metric ${metric.name}\`. As a table: \`${metric.table}\`, unless another list is named.`,
      ].join("\n"),
      aboutPeriod
        ? `Parameters: ${everyone}${ownRows.length > 0 ? ", and its own:" : "."}`
        : "Parameters, besides `format` and `table`:",
      ...(ownRows.length > 0 ? [tableOf(["Parameter", "Takes", "Meaning"], ownRows)] : []),
      hasHead
        ? `The answer begins with ${headFields.map((field) => this.#headLink(field)).join(", ")}. Then:`
        : "The answer:",
      tableOf(["Field", "Is", "Meaning"], fields),
      ...this.#sections(({ metrics }) => metrics.size === 1 && metrics.has(metric.name)),
    ].join("\n\n");
  }

  sharedParts(): string {
    return ["## Parts that answers share", ...this.#sections(({ metrics }) => metrics.size > 1), ""]
      .join("\n\n")
      .trimEnd();
  }

  #sections(chosen: (part: Part) => boolean): string[] {
    return [...this.#parts]
      .filter(([, part]) => chosen(part))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, { schema }]) =>
        [
          `### Part: ${name}`,
          ...(schema.description === undefined ? [] : [schema.description]),
          tableOf(["Field", "Is", "Meaning"], this.#fieldRows(schema, "", [])),
        ].join("\n\n"),
      );
  }

  #headLink(field: string): string {
    const part = field.charAt(0).toUpperCase() + field.slice(1);
    return this.#parts.has(part) ? `[\`${field}\`](#part-${part.toLowerCase()})` : `\`${field}\``;
  }

  /** A row for each field of an object, fields of its own parts below it. */
  #fieldRows({ properties = {} }: Schema, prefix: string, without: readonly string[]): string[][] {
    return Object.entries(properties).flatMap(([name, schema]) =>
      without.includes(name) ? [] : this.#rowsOf(`${prefix}${name}`, schema),
    );
  }

  #rowsOf(name: string, schema: Schema): string[][] {
    const { is, inner, shared } = this.#kindOf(schema);
    const words = schema.description ?? firstDescription(schema) ?? "";
    const meaning = saidByKind.has(words) ? "" : words;
    const below = inner && !shared ? this.#fieldRows(inner.schema, `${name}${inner.list ? "[]" : ""}.`, []) : [];
    return [[`\`${name}\``, is, meaning], ...below];
  }

  /** What a field is, in words, and the object whose fields are to be told below it. */
  #kindOf(schema: Schema): { is: string; inner?: { schema: Schema; list: boolean }; shared?: boolean } {
    if (schema.anyOf) {
      const others = schema.anyOf.filter(({ type }) => type !== "null");
      const orNull = others.length < schema.anyOf.length ? " or null" : "";
      const [first] = others;
      if (others.length === 1 && first) {
        const kind = this.#kindOf({ ...first, [unit]: schema[unit] ?? first[unit] });
        return { ...kind, is: `${kind.is}${orNull}` };
      }
      return { is: `${others.map((other) => this.#kindOf(other).is).join(" or ")}${orNull}` };
    }
    if (schema.$ref !== undefined) {
      const name = nameIn(schema.$ref);
      return { is: `[${name}](#part-${name.toLowerCase()})`, shared: true };
    }
    if (schema.type === "array") {
      const items = this.#kindOf(schema.items ?? {});
      return {
        is: `a list of ${items.inner && !items.shared ? "rows" : items.is}`,
        ...(items.inner && !items.shared ? { inner: { schema: items.inner.schema, list: true } } : {}),
      };
    }
    if (schema.type === "object") return { is: "an object", inner: { schema, list: false } };
    return { is: valueWords(schema) };
  }
}

function firstDescription({ $ref, anyOf = [] }: Schema): string | undefined {
  return $ref === undefined ? anyOf.find(({ description }) => description !== undefined)?.description : undefined;
}

function parameterRows(parameters: z.ZodObject<z.ZodRawShape>, names: readonly string[]): string[][] {
  const { properties = {}, required = [] } = schemaOf(parameters);
  return names.map((name) => {
    const schema = properties[name] ?? {};
    const standard =
      schema.default !== undefined
        ? `; \`${schema.default}\` by default`
        : required.includes(name)
          ? "; must be given"
          : "";
    return [`\`${name}\``, `${valueWords(schema)}${standard}`, schema.description ?? ""];
  });
}

/** Safe whole numbers are JSON Schema's way of saying "whole". */
const unbounded = Number.MAX_SAFE_INTEGER;

function valueWords(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(", ");
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema[unit] === "pence") return "pence";
  if (schema[unit] === "ratio") return "a ratio";
  const { minimum = -unbounded, maximum = unbounded } = schema;
  if (Array.isArray(schema.type)) {
    const type = schema.type.filter((one) => one !== "null");
    const orNull = type.length < schema.type.length ? " or null" : "";
    return `${type.map((one) => valueWords({ ...schema, type: one })).join(" or ")}${orNull}`;
  }
  const { type } = schema;
  if (type === "integer" || type === "number") {
    const words = type === "integer" ? "a whole number" : "a number";
    if (minimum > -unbounded && maximum < unbounded) return `${words}, ${minimum} to ${maximum}`;
    return minimum > -unbounded && minimum !== 0 ? `${words}, at least ${minimum}` : words;
  }
  if (type === "boolean") return "true or false";
  if (schema.format === "date") return "a day";
  return type === "string" ? "text" : "anything";
}

/** A schema as JSON Schema; one that has a name of its own, as what the name stands for. */
function schemaOf(schema: z.ZodType): Schema {
  const json = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }) as Schema;
  const { $ref, $defs = {} } = json;
  return $ref === undefined ? json : { ...$defs[nameIn($ref)], $defs };
}

function nameIn($ref: string): string {
  return $ref.slice($ref.lastIndexOf("/") + 1);
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
