import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SettingError } from "./errors.ts";
import { folderOf, readSettings, type Settings, settingsSchema, variableOf } from "./settings.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "settings-"));
});

afterEach(() => rm(folder, { recursive: true }));

const configure = (yaml: string) => writeFile(join(folder, "infinity.config.yaml"), yaml);

function read(environment: Record<string, string> = {}, flags: Record<string, unknown> = {}): Settings {
  return readSettings({ flags, environment, folder });
}

/** The error of settings that must be refused, as the person at the terminal reads it. */
function refusal(environment: Record<string, string> = {}, flags: Record<string, unknown> = {}): string {
  try {
    read(environment, flags);
  } catch (error) {
    if (error instanceof SettingError) return `${error.message} ${error.next}`;
  }
  throw new Error("These settings were to be refused with a setting error.");
}

test("without anything given, the defaults hold", () => {
  expect(read()).toMatchObject({ home: ".infinity", dayStartsAt: "00:00", maxReceives: 3 });
  expect(read().source).toBeUndefined();
});

test("a flag beats the environment, which beats the file, which beats the default", async () => {
  await configure("home: from-file\nsource: from-file\ndayStartsAt: 04:00\n");
  expect(read()).toMatchObject({ home: "from-file", source: "from-file", dayStartsAt: "04:00" });
  expect(read({ INFINITY_HOME: "from-environment" })).toMatchObject({ home: "from-environment", source: "from-file" });
  expect(read({ INFINITY_HOME: "from-environment" }, { home: "from-flag" })).toMatchObject({ home: "from-flag" });
});

test("a flag that was not given and a variable that is empty count as not there", async () => {
  await configure("home: from-file\n");
  expect(read({ INFINITY_HOME: "" }, { home: undefined }).home).toBe("from-file");
});

test("every setting has its variable", () => {
  expect(variableOf("dayStartsAt")).toBe("INFINITY_DAY_STARTS_AT");
  const allowed: Record<keyof Settings, string> = {
    home: "h",
    source: "s",
    clean: "s3://clean",
    transformQueue: "https://sqs.eu-west-2.amazonaws.com/1/transform",
    loadQueue: "https://sqs.eu-west-2.amazonaws.com/1/load",
    warehouse: "postgres://infinity@warehouse/infinity",
    keys: "secretsmanager:infinity",
    records: "s3://records",
    snapshots: "s3://snapshots",
    formats: "f",
    dayStartsAt: "23:59",
    batchFiles: "7",
    batchMegabytes: "8",
    largestFileMegabytes: "9",
    transformWorkers: "3",
    warehouseMemoryMegabytes: "512",
    maxReceives: "4",
    runDeadlineMinutes: "90",
    settleMs: "0",
    rawRetentionDays: "30",
    host: "0.0.0.0",
    port: "8080",
    publicUrl: "https://infinity.example",
    schedule: "0 5 * * *",
    timeZone: "Europe/Dublin",
  };
  expect(Object.keys(allowed)).toEqual(Object.keys(settingsSchema.shape));
  const environment = Object.fromEntries(Object.entries(allowed).map(([name, value]) => [variableOf(name), value]));
  const settings = read(environment);
  for (const [name, value] of Object.entries(allowed)) expect(String(settings[name as keyof Settings])).toBe(value);
});

test("numbers are numbers, wherever they were given", async () => {
  await configure("batchFiles: 10\n");
  expect(read({ INFINITY_MAX_RECEIVES: "5" })).toMatchObject({ batchFiles: 10, maxReceives: 5 });
});

test.each<[string, Record<string, string>, RegExp[]]>([
  ["not a number", { INFINITY_BATCH_FILES: "many" }, [/batchFiles/, /"many"/, /INFINITY_BATCH_FILES/, /1 to 10000/]],
  ["too small", { INFINITY_BATCH_FILES: "0" }, [/batchFiles/, /"0"/, /INFINITY_BATCH_FILES/, /1 to 10000/]],
  ["too large", { INFINITY_MAX_RECEIVES: "101" }, [/maxReceives/, /"101"/, /1 to 100/]],
  ["not whole", { INFINITY_BATCH_FILES: "2.5" }, [/batchFiles/, /"2.5"/, /1 to 10000/]],
  ["not a time of day", { INFINITY_DAY_STARTS_AT: "24:00" }, [/dayStartsAt/, /"24:00"/, /04:00/]],
])("a value that is %s is refused, saying which, what was given and what is allowed", (_, environment, patterns) => {
  const words = refusal(environment);
  for (const pattern of patterns) expect(words).toMatch(pattern);
  expect(words).not.toContain("\n");
});

test("a wrong value in the file is refused with the file's name", async () => {
  await configure("maxReceives: three\n");
  expect(refusal()).toMatch(/maxReceives.*"three".*infinity\.config\.yaml.*1 to 100/);
});

test("digits are a number, what else JavaScript takes for one is none", () => {
  expect(read({ INFINITY_PORT: "8080" }).port).toBe(8080);
  for (const port of ["0x50", "1e3", " 80"])
    expect(refusal({ INFINITY_PORT: port })).toContain("a whole number from 0 to 65535");
});

test("a true or a list is no number", async () => {
  await configure("batchFiles: true\n");
  expect(refusal()).toMatch(/batchFiles.*true/);
  await configure("batchFiles: [3]\n");
  expect(refusal()).toMatch(/batchFiles/);
});

test("a name that is no setting is refused with the names that are", async () => {
  await configure("hom: elsewhere\n");
  expect(refusal()).toMatch(/no setting "hom".*infinity\.config\.yaml.*home, source/);
});

test("a file that is no YAML, or no list of settings, is refused by name", async () => {
  await configure("home: [unclosed\n");
  expect(refusal()).toMatch(/infinity\.config\.yaml is not valid YAML/);
  await configure("- home\n");
  expect(refusal()).toMatch(/not a list of names and values/);
});

test("an empty file is a file without settings", async () => {
  await configure("# nothing yet\n");
  expect(read().home).toBe(".infinity");
});

test("a source is a folder, as a path or as a file address", () => {
  expect(folderOf("tills")).toBe(resolve("tills"));
  expect(folderOf(pathToFileURL(folder).href)).toBe(folder);
});
