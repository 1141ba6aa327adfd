import { Argument, type Command, Option } from "commander";
import type { z } from "zod";
import { type MetricDefinition, metricDefinitions } from "#api/metric-definitions.ts";
import { withHome } from "../../home/with-home.ts";
import { flagOf, type MetricOrder, metricNamed } from "../../operations/read-metric.ts";
import { describeAnswer } from "../describe-answer.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";
import { table } from "../table.ts";

interface ReplyOptions {
  home?: string;
  json?: boolean;
  csv?: boolean;
  table?: string;
}

/** Parameters that have another form here: cafés may be named, and the reply is chosen by `--json` and `--csv`. */
const otherwiseGiven = new Set(["cafe", "format", "table"]);

/** `infinity metric`: any question of the dashboard, with the API's own parameters and answer. */
export function metricCommand(): Command {
  const command = newCommand(
    "metric",
    "answer one question, as the dashboard and the API do; without a name, list the questions",
    "metric sales --from 2026-03-01 --to 2026-03-07 --region Wales",
  )
    .addArgument(new Argument("[name]", "the metric"))
    .enablePositionalOptions()
    .allowUnknownOption()
    .allowExcessArguments()
    .action((name: string | undefined, { json }: ReplyOptions) => {
      if (name !== undefined) metricNamed(name);
      printMetrics(json);
    });
  for (const definition of metricDefinitions) command.addCommand(commandOf(definition));
  return command;
}

/** `infinity metrics`: the questions that `infinity metric` answers. */
export function metricsCommand(): Command {
  return newCommand("metrics", "list the questions that `infinity metric` answers", "metrics").action(
    ({ json }: ReplyOptions) => printMetrics(json),
  );
}

function printMetrics(json: boolean | undefined): void {
  const listed = metricDefinitions.map(({ metric: { name, question } }) => ({ name, question }));
  if (json) printJson(listed);
  else
    print(
      table(
        ["Metric", "Question"],
        listed.map(({ name, question }) => [name, question]),
      ),
    );
}

function commandOf(definition: MetricDefinition): Command {
  const { metric, parameters } = definition;
  const command = newCommand(metric.name, metric.question, `metric ${metric.name} --json`);
  for (const [parameter, schema] of Object.entries(parameters.shape)) {
    if (!otherwiseGiven.has(parameter)) command.addOption(optionOf(parameter, schema as z.ZodType));
  }
  if ("cafe" in parameters.shape) {
    command.addOption(
      new Option("--cafe <café>", "A café by id or by name; several with commas between, or by giving this again.")
        .argParser((text: string, before: string[]) => [...before, text])
        .default([], "every café"),
    );
  }
  return command
    .addOption(new Option("--csv", "print one list of the answer as CSV, as the API does").conflicts("json"))
    .option("--table <list>", `which list to print, by its name in the JSON (default ${metric.table})`)
    .action(async ({ home, json, csv, table: list, ...given }: ReplyOptions & Record<string, unknown>) => {
      const answer = await withHome(settingsOf(home === undefined ? {} : { home }), "infinity metric", (operations) =>
        operations.metric(orderOf(definition, { csv, list, given })),
      );
      if (json || csv) print(answer);
      else print(describeAnswer(metric, JSON.parse(answer), list ?? metric.table, process.stdout.columns));
    });
}

interface Given {
  csv: boolean | undefined;
  list: string | undefined;
  given: Record<string, unknown>;
}

function orderOf({ metric, parameters }: MetricDefinition, { csv, list, given }: Given): MetricOrder {
  const params = Object.entries(given).flatMap(([name, value]) =>
    typeof value === "string" && name in parameters.shape ? [[name, value] as const] : [],
  );
  const cafes = Array.isArray(given.cafe) ? given.cafe.map(String) : [];
  const reply = csv ? { format: "csv", ...(list === undefined ? {} : { table: list }) } : {};
  return { metric: metric.name, params: { ...Object.fromEntries(params), ...reply }, cafes };
}

/** A parameter as an option. It says what the schema says; what may be given is for the schema to check. */
function optionOf(parameter: string, schema: z.ZodType): Option {
  const { choices, standard } = detailsOf(schema);
  const value = choices === undefined ? valueWord(parameter) : choices.join("|");
  const words = [schema.description, standard === undefined ? undefined : `Default: ${standard}.`];
  return new Option(`${flagOf(parameter)} <${value}>`, words.filter(Boolean).join(" "));
}

function valueWord(parameter: string): string {
  return ["from", "to", "date"].includes(parameter) ? "day" : parameter.replace(/[A-Z].*/, "");
}

/** What a schema lets one choose from, and what it takes when nothing is given. */
function detailsOf(schema: z.ZodType): { choices?: readonly string[]; standard?: unknown } {
  const { type, innerType, defaultValue } = schema.def as {
    type: string;
    innerType?: z.ZodType;
    defaultValue?: unknown;
  };
  if (type === "enum") return { choices: (schema as z.ZodEnum).options.map(String) };
  if (innerType === undefined) return {};
  return { ...detailsOf(innerType), ...(defaultValue === undefined ? {} : { standard: defaultValue }) };
}
