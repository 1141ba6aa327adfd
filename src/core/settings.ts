import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { errorCode, SettingError } from "./errors.ts";
import { wholeNumber } from "./whole-number.ts";
import { readYaml } from "./yaml-text.ts";

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day such as 00:00 or 04:00");

const timeZone = z.string().refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat("en-GB", { timeZone: zone }));
  } catch {
    return false;
  }
}, "a time zone of the IANA database, such as Europe/London");
const webAddress = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    "an address such as https://infinity.example",
  );
const bucketAddress = z.string().regex(/^s3:\/\/.*[^/]$/, "an address such as s3://bucket/prefix");

/**
 * Every setting there is. A flag beats the environment (`INFINITY_` and the name in capitals), which beats
 * `infinity.config.yaml`, which beats the default.
 */
export const settingsSchema = z.strictObject({
  /** Holds everything embedded: warehouse, queue, clean Parquet, secret keys. */
  home: z.string().min(1).default(".infinity"),
  /** The raw store: a folder, or its `file:` address, or `s3://bucket/prefix`. */
  source: z.string().min(1).optional(),
  /** The clean store: as above; a folder of the home when not set. */
  clean: z.string().min(1).optional(),
  /** The queue from extract to transform, `https://sqs.<region>.amazonaws.com/<account>/<name>`; in the home when not set. */
  transformQueue: webAddress.optional(),
  /** The queue from transform to load: as above. */
  loadQueue: webAddress.optional(),
  /** `postgres://…` or `redshift://…`; a DuckDB file of the home when not set. */
  warehouse: z
    .string()
    .regex(/^(postgres(ql)?|redshift):\/\//, "an address that begins with postgres:// or redshift://")
    .optional(),
  /** Where the secret keys are: `secretsmanager:<prefix>`; a folder of the home when not set. */
  keys: z
    .string()
    .regex(/^secretsmanager:[\w/+=.@-]+$/, "an address such as secretsmanager:infinity")
    .optional(),
  /** Where the suppression list and the registry of cafés are, `s3://bucket/prefix`; in the home when not set. */
  records: bucketAddress.optional(),
  /** Where load publishes what the dashboard reads, `s3://bucket/prefix`; nowhere when not set. */
  snapshots: bucketAddress.optional(),
  /** A folder of till formats of the user's own, beside those that come with the tracker. */
  formats: z.string().min(1).optional(),
  /** Receipts before this local time belong to the business day before. */
  dayStartsAt: clockTime.default("00:00"),
  /** Most files in one batch. */
  batchFiles: wholeNumber(1, 10_000).default(1500),
  /** Most megabytes in one batch. */
  batchMegabytes: wholeNumber(1, 4096).default(256),
  /** A till file of more megabytes is refused unread. */
  largestFileMegabytes: wholeNumber(1, 4096).default(256),
  /** Transform processes side by side. */
  transformWorkers: wholeNumber(1, 16).default(2),
  /** Megabytes the warehouse's engine may use before it spills to disk. */
  warehouseMemoryMegabytes: wholeNumber(128, 1_048_576).default(800),
  /** A message handed out this often without success goes to the dead letters. */
  maxReceives: wholeNumber(1, 100).default(3),
  /** Minutes after which a run that is still going on is closed as incomplete, where it may be on another machine. */
  runDeadlineMinutes: wholeNumber(1, 10_080).default(360),
  /** A file that changed less than this many milliseconds ago is looked at twice before it is read. */
  settleMs: wholeNumber(0, 600_000).default(500),
  /** Days after loading at which a run removes raw till files, which hold names and cards; they are kept when not set. */
  rawRetentionDays: wholeNumber(0, 36_500).optional(),
  /** Where the dashboard is served: an address of this machine. Any but its own loopback needs `publicUrl`. */
  host: z.string().min(1).default("127.0.0.1"),
  /** The dashboard's port; 0 takes a free one. */
  port: wholeNumber(0, 65_535).default(4000),
  /** The one address browsers reach the dashboard at, where that is not this machine's own: a proxy's, with HTTPS. */
  publicUrl: webAddress.optional(),
  /** When the pipeline runs by itself while the dashboard is served: a cron expression in `timeZone`. */
  schedule: z.string().min(1).default("0 6 * * *"),
  /** The time zone of `schedule`. */
  timeZone: timeZone.default("Europe/London"),
});

export type Settings = z.infer<typeof settingsSchema>;

/** The environment variable of a setting: `dayStartsAt` is `INFINITY_DAY_STARTS_AT`. */
export function variableOf(name: string): string {
  return `INFINITY_${name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}`;
}

interface Origins {
  flags?: Record<string, unknown>;
  environment?: Record<string, string | undefined>;
  /** Where `infinity.config.yaml` is looked for. */
  folder?: string;
}

/**
 * Reads the settings from flags, environment and file.
 *
 * @throws SettingError naming the setting, what was given and what is allowed.
 */
export function readSettings({ flags = {}, environment = process.env, folder = "." }: Origins = {}): Settings {
  const names = Object.keys(settingsSchema.shape);
  const file = readConfigFile(resolve(folder, "infinity.config.yaml"));
  const merged: Record<string, unknown> = { ...file.values };
  const origin: Record<string, string> = Object.fromEntries(Object.keys(file.values).map((name) => [name, file.path]));
  for (const name of names) {
    const fromEnvironment = environment[variableOf(name)];
    if (fromEnvironment !== undefined && fromEnvironment !== "") {
      merged[name] = fromEnvironment;
      origin[name] = variableOf(name);
    }
    if (flags[name] !== undefined) {
      merged[name] = flags[name];
      origin[name] = `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
    }
  }
  const parsed = settingsSchema.safeParse(merged);
  if (parsed.success) return parsed.data;
  throw settingError(parsed.error.issues[0], merged, origin, names);
}

function settingError(
  issue: z.core.$ZodIssue | undefined,
  given: Record<string, unknown>,
  origin: Record<string, string>,
  names: string[],
): SettingError {
  if (issue?.code === "unrecognized_keys") {
    const name = issue.keys[0] ?? "";
    return new SettingError(
      `There is no setting "${name}" (${origin[name]}).`,
      `The settings are ${names.join(", ")}.`,
    );
  }
  const name = String(issue?.path[0] ?? "");
  const allowed = issue?.message.replace(/^(Invalid input|Too small|Too big): /, "") ?? "another value";
  return new SettingError(
    `The setting ${name} cannot be ${JSON.stringify(given[name])} (${origin[name]}).`,
    `Allowed: ${allowed}.`,
  );
}

function readConfigFile(path: string): { path: string; values: Record<string, unknown> } {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { path, values: {} };
    throw new SettingError(`The settings file ${path} cannot be read.`, "Check its permissions.", { cause: error });
  }
  const values = readYaml(text, `The settings file ${path}`).values ?? {};
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw new SettingError(
      `The settings file ${path} is not a list of names and values.`,
      "Write one `name: value` a line.",
    );
  }
  return { path, values: values as Record<string, unknown> };
}

/** True for the address of a bucket. */
export function isBucket(address: string): boolean {
  return address.startsWith("s3:");
}

/** A store's address as it reads from anywhere: a bucket's is, a folder's becomes absolute. */
export function absoluteAddress(address: string): string {
  return isBucket(address) ? address : folderOf(address);
}

/** The folder a source setting names: a path, or a `file:` URL. */
export function folderOf(source: string): string {
  return source.startsWith("file:") ? fileURLToPath(source) : resolve(source);
}
