import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanEnvironment, infinity, program } from "../command.ts";
import { latte, shapes } from "../till-fixtures.ts";

/** Some twenty processes one after another, on a machine that may be busy. */
const patience = 240_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cafes-command-"));
  await mkdir(join(folder, "tills"));
  const files = {
    "2026-03-02-Leeds.csv": [latte("Leeds", "2026-03-02 09:00"), latte("Ashford", "2026-03-02 09:00")],
    "2026-03-02-Leds.csv": [latte("Leds", "2026-03-02 10:00")],
    "2026-03-03-Leeds.csv": [latte("Leeds", "2026-03-03 09:00")],
  };
  for (const [key, receipts] of Object.entries(files)) {
    await writeFile(join(folder, "tills", key), shapes.list(receipts));
  }
  await infinityAt("alone", "run", "--source", "tills");
}, patience);

afterAll(() => rm(folder, { recursive: true }));

async function infinityAt(home: string, ...words: string[]): Promise<string> {
  const answer = await infinity(words, { INFINITY_HOME: join(folder, home) }, folder);
  expect(answer, answer.stderr).toMatchObject({ code: 0 });
  return answer.stdout;
}

async function refusal(...words: string[]): Promise<string> {
  const { code, stderr } = await infinity(words, { INFINITY_HOME: join(folder, "alone") }, folder);
  expect(code).toBe(1);
  return stderr;
}

test("what is said of cafés shows at once, survives a rebuild, and is the same through serve", {
  timeout: patience,
}, async () => {
  const changes = [
    ["cafes", "merge", "leds", "Leeds", "--json"],
    ["cafes", "rename", "Leeds", "Leeds Headrow"],
    ["cafes", "place", "Ashford", "--at", "Ashford, Kent"],
    ["cafes", "close", "Ashford", "--on", "2026-03-03", "--json"],
    ["cafes", "own", "Leeds Headrow", "--owner", "Ann Example Ltd", "--from", "2026-01-01"],
    ["cafes", "closure", "--all", "--from", "2026-12-25", "--reason", "Christmas Day"],
    ["cafes", "list"],
    ["cafes", "list", "--json"],
    ["status", "--json"],
    ["digest"],
  ];
  const unplaced = JSON.parse(await infinityAt("alone", "cafes", "list", "--json"));
  expect(unplaced).toMatchObject([
    { name: "Ashford", placed: false, candidates: ["Ashford (Kent, South East)", "Ashford (Surrey, South East)"] },
    { name: "Leds" },
    { name: "Leeds" },
  ]);
  const said: string[] = [];
  for (const words of changes) said.push(await infinityAt("alone", ...words));
  expect(said[2]).toBe("Ashford is in South East.\n");
  expect(JSON.parse(said[7] ?? "")).toMatchObject([
    { name: "Ashford", region: "South East", state: "closed", lastDelivery: "2026-03-02" },
    { name: "Leeds Headrow", otherNames: ["Leds"], state: "open", owners: [{ owner: "Ann Example Ltd" }] },
  ]);
  // Ashford closed on the newest day, so nobody misses it.
  expect(JSON.parse(said[8] ?? "").missing.cafes).toEqual([]);
  const numbers = () => infinityAt("alone", "query", "select name, location_id from locations order by name", "--json");
  const before = await numbers();
  expect(JSON.parse(await infinityAt("alone", "rebuild", "--json"))).toMatchObject({ sameAsBefore: true });
  expect(await infinityAt("alone", "digest")).toBe(said[9]);
  // The merged café's number is nobody's now, and a link to another café still leads there.
  expect(JSON.parse(await numbers())).toEqual(JSON.parse(before));

  await infinityAt("served", "run", "--source", "tills");
  const server = spawn(process.execPath, [program, "serve", "--port", "0", "--json"], {
    cwd: folder,
    env: cleanEnvironment({ INFINITY_HOME: join(folder, "served"), INFINITY_SOURCE: join(folder, "tills") }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await once(server.stdout, "data");
    for (const [index, words] of changes.entries()) {
      const through = await infinityAt("served", ...words);
      // Each home has keys of its own, so customers and hashes of contents differ: only what names them is left out.
      if (words[0] === "cafes") expect(through).toBe(said[index]);
    }
  } finally {
    server.kill("SIGTERM");
    await once(server, "exit");
  }
});

test("an unknown café, an ambiguous place and a name that is taken say what to do", { timeout: patience }, async () => {
  expect(await refusal("cafes", "rename", "Ashfrod", "X")).toContain("Did you mean Ashford?");
  expect(await refusal("cafes", "place", "Ashford", "--at", "Newport")).toContain("Newport (");
  expect(await refusal("cafes", "place", "Ashford", "--region", "Yorks")).toContain("The regions are North East");
  expect(await refusal("cafes", "rename", "Ashford", "Leeds")).toContain('cafes merge "Ashford" "Leeds"');
  expect(await refusal("cafes", "closure", "--from", "2026-12-25", "--reason", "x")).toContain("--all");
});

test.each([
  [["merge", "Leeds", "Leeds"], /^Leeds is one café: it cannot be merged with itself\./],
  [["rename", "Ashford", " "], /^The name cannot be: nothing is written there\./],
  [
    ["own", "Ashford", "--owner", "", "--from", "2026-01-01"],
    /^The owner's name cannot be: nothing is written there\./,
  ],
  [["place", "Ashford", "--region", "Wales", "--lat", "200", "--lon", "1"], /between 49 and 61 degrees north/],
  [["place", "Ashford"], /--region, with --lat and --lon where they are known/],
  [["unmerge", "Leeds"], /^"Leeds" is what the till of Leeds Headrow writes.*rename "Leeds Headrow" "Leeds"/],
])("cafes %j is refused in words", { timeout: patience }, async (words, message) => {
  expect(await refusal("cafes", ...words)).toMatch(message);
});

test("the list names who has a café today, not who had it once", { timeout: patience }, async () => {
  const owner = async () =>
    JSON.parse(await infinityAt("alone", "cafes", "list", "--json")).find(
      ({ name }: { name: string }) => name === "Ashford",
    );
  await infinityAt("alone", ..."cafes own Ashford --owner Pat --from 2020-01-01 --to 2020-12-31".split(" "));
  expect(await owner()).toMatchObject({ owner: null, owners: [{ owner: "Pat" }] });
  expect(await infinityAt("alone", "cafes", "list")).not.toContain("Pat");
  await infinityAt("alone", ..."cafes own Ashford --owner Pat --from 2020-01-01".split(" "));
  expect(await owner()).toMatchObject({ owner: "Pat" });
});

test("names that are parted again are two cafés after a rebuild", { timeout: patience }, async () => {
  expect(await infinityAt("alone", "cafes", "unmerge", "Leds")).toContain("infinity rebuild");
  expect(await infinityAt("alone", "cafes", "list")).toContain("Leds will be parted from Leeds Headrow");
  await infinityAt("alone", "rebuild");
  expect(JSON.parse(await infinityAt("alone", "cafes", "list", "--json"))).toMatchObject([
    { name: "Ashford" },
    { name: "Leds", lastDelivery: "2026-03-02", partsAtRebuild: [] },
    { name: "Leeds Headrow", lastDelivery: "2026-03-03", partsAtRebuild: [] },
  ]);
});

test("a name with a tab after it is merged by saying it to the letter", { timeout: patience }, async () => {
  await mkdir(join(folder, "tabs"));
  await writeFile(join(folder, "tabs", "a.csv"), shapes.list([latte("Leeds", "2026-03-02 09:00")]));
  await writeFile(join(folder, "tabs", "b.csv"), shapes.list([latte("Leeds\t", "2026-03-03 10:00")]));
  await infinityAt("tabs-home", "run", "--source", "tabs");
  const cafes = async () => JSON.parse(await infinityAt("tabs-home", "cafes", "list", "--json"));
  expect(await cafes()).toMatchObject([{ name: "Leeds" }, { name: "Leeds\t" }]);
  await infinityAt("tabs-home", "cafes", "merge", "Leeds\t", "Leeds");
  expect(await cafes()).toMatchObject([{ name: "Leeds", otherNames: ["Leeds\t"], lastDelivery: "2026-03-03" }]);
});
