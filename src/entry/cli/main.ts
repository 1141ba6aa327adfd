import { Command } from "commander";
import { InfinityError, unforeseen } from "#core/errors.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { note } from "./print.ts";

/** The commands, each read only when it is called: the server's parts need not be there to count receipts. */
const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import("./commands/start.ts")).startCommand(),
  serve: async () => (await import("./commands/serve.ts")).serveCommand(),
  link: async () => (await import("./commands/link.ts")).linkCommand(),
  run: async () => (await import("./commands/run.ts")).runCommand(),
  status: async () => (await import("./commands/status.ts")).statusCommand(),
  runs: async () => (await import("./commands/runs.ts")).runsCommand(),
  cafes: async () => (await import("./commands/cafes.ts")).cafesCommand(),
  metric: async () => (await import("./commands/metric.ts")).metricCommand(),
  metrics: async () => (await import("./commands/metric.ts")).metricsCommand(),
  query: async () => (await import("./commands/query.ts")).queryCommand(),
  why: async () => (await import("./commands/why.ts")).whyCommand(),
  quarantine: async () => (await import("./commands/quarantine.ts")).quarantineCommand(),
  replay: async () => (await import("./commands/replay.ts")).replayCommand(),
  redrive: async () => (await import("./commands/redrive.ts")).redriveCommand(),
  rebuild: async () => (await import("./commands/rebuild.ts")).rebuildCommand(),
  audit: async () => (await import("./commands/audit.ts")).auditCommand(),
  digest: async () => (await import("./commands/digest.ts")).digestCommand(),
  forget: async () => (await import("./commands/forget.ts")).forgetCommand(),
  "rotate-keys": async () => (await import("./commands/rotate-keys.ts")).rotateKeysCommand(),
  purge: async () => (await import("./commands/purge.ts")).purgeCommand(),
  formats: async () => (await import("./commands/formats.ts")).formatsCommand(),
  generate: async () => (await import("./commands/generate.ts")).generateCommand(),
};

const program = new Command("infinity")
  .description("Daily till files from every café: cleaned, made anonymous, loaded into a warehouse.")
  .version(packageJson.version)
  // An option belongs to the command it follows: `metric` and each of its questions both know --json.
  .enablePositionalOptions()
  .showHelpAfterError("(add --help for what it takes)");

const called = commands[process.argv[2] ?? ""];
for (const command of called ? [called] : Object.values(commands)) program.addCommand(await command());

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = 1;
  const isForeseen = error instanceof InfinityError;
  const { message, next } = isForeseen ? error : unforeseen(error, "Infinity");
  note(`${asSentence(message)} ${next}`);
  if (!isForeseen && process.env.INFINITY_DEBUG === "1")
    note(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** What engines say of a query often ends without a full stop: what to do next would run into it. */
function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
