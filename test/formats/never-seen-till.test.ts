import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { takeOwnership } from "#adapters/lock/owner.ts";
import { infinity } from "../command.ts";
import { latte, shapes } from "../till-fixtures.ts";
import { cornerFile, cornerFormat } from "./worked-example.ts";

// What docs/formats.md tells, done as a person would: a till nobody has seen, loaded by a YAML file alone.

let folder: string;
const run = (...words: string[]) => infinity(words, { INFINITY_HOME: "home" }, folder);
const personal = /Example|4000|0002|tok_|8fA2c1|77Bd90/;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "never-seen-"));
  for (const name of ["tills", "formats", "drafts"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "tills", "corner.csv"), cornerFile);
});

afterAll(() => rm(folder, { recursive: true }));

test("check says that no format reads it, which is nearest, and how to draft one", async () => {
  const { code, stdout, stderr } = await run("formats", "check", "tills/corner.csv");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toContain("file_unknown_layout");
  expect(stdout).toContain("nearest till-2020-list: 12 columns where 7 are expected");
  expect(stdout).toContain("npx infinity formats init tills/corner.csv");
  expect(stdout).not.toMatch(personal);
});

test("init drafts a format that reads it, says what to check, and never overwrites", async () => {
  const drafted = await run("formats", "init", "tills/corner.csv", "--out", "drafts/corner.yaml");
  expect(drafted).toMatchObject({ code: 0, stdout: "The draft is in drafts/corner.yaml.\n" });
  expect(drafted.stderr).toContain("3 receipts of this file would be loaded and 0 rows set aside");
  expect(drafted.stderr).toMatch(/check columns: nothing was made of column 4/);
  expect(drafted.stdout + drafted.stderr).not.toMatch(personal);
  const checked = JSON.parse(
    (await run("formats", "check", "tills/corner.csv", "--formats", "drafts", "--json")).stdout,
  );
  expect(checked).toMatchObject({ counts: { receipts: 3, refused: 0, items: 5, totalPence: 115_705 }, problems: [] });
  expect(await run("formats", "init", "tills/corner.csv", "--out", "drafts/corner.yaml")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("drafts/corner.yaml is there already."),
  });
});

test("with the format in the folder that the settings name, check reads it and a run loads it", async () => {
  await writeFile(join(folder, "formats", "corner-till.yaml"), cornerFormat);
  await writeFile(join(folder, "infinity.config.yaml"), "formats: formats\n");
  const { code, stdout } = await run("formats", "check", "tills/corner.csv");
  expect(code).toBe(0);
  expect(stdout).toContain("corner-till (Corner till: one row is one item)");
  expect(stdout).toContain("3 receipts, 5 items, £1,157.05; nothing would be set aside.");

  const loaded = await run("run", "--source", "tills", "--json");
  expect(JSON.parse(loaded.stdout)).toMatchObject({ rows: { loaded: 3, quarantined: 0 }, totalPence: 115_705 });
  const { stdout: receipts } = await run(
    "query",
    "--json",
    `select occurred_at, name, payment_method, transactions.total_pence, item_count, reconciled, identity_basis, format
     from transactions join locations using (location_id) join customers using (customer_id) join files using (file_id)
     order by row_number`,
  );
  const receipt = { name: "Hebden Bridge", reconciled: true, format: "corner-till" };
  expect(JSON.parse(receipts)).toEqual([
    {
      ...receipt,
      occurred_at: "2026-03-02 09:05:00",
      payment_method: "CARD",
      total_pence: 585,
      item_count: 3,
      identity_basis: "card",
    },
    {
      ...receipt,
      occurred_at: "2026-03-02 09:07:00",
      payment_method: "CASH",
      total_pence: 120,
      item_count: 1,
      identity_basis: "name",
    },
    {
      ...receipt,
      occurred_at: "2026-03-13 14:30:00",
      payment_method: "CARD",
      total_pence: 115_000,
      item_count: 1,
      identity_basis: "card",
    },
  ]);
});

test("check says how many rows a format leaves out, beside those that would be set aside", async () => {
  await mkdir(join(folder, "skipping"));
  const yaml = cornerFormat.replace("product: Item\n", "product: Item\n  status: Staff\n");
  await writeFile(join(folder, "skipping", "corner-till.yaml"), `${yaml}skip: { status: [4] }\n`);
  const { code, stdout } = await run("formats", "check", "tills/corner.csv", "--formats", "skipping");
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("0 receipts, 0 items, £0.00") });
  expect(stdout).toContain(`4 rows would be left out: above the header, or no sale by the format's "skip".`);
});

test("check masks people and cards, in words and in JSON, and names every bad row", async () => {
  const bad = latte("Leeds", "2026-03-02 09:05");
  const receipts = [
    { ...latte("Leeds", "2026-03-02 09:00"), customer: "Jo Example" },
    // Something slipped: a card number where the name belongs.
    { ...latte("Leeds", "2026-03-02 09:01"), customer: "4000000000000002" },
    {
      ...latte("Leeds", "2026-03-02 09:02"),
      lines: [{ name: "Jo Example", pence: 100 }],
      paidPence: 215,
      customer: "Jo Example",
    },
  ];
  const text = shapes.list(receipts) + shapes.list([bad]).replace("02/03/2026", "31/02/2026");
  await writeFile(join(folder, "leeds.csv"), text);
  const words = await run("formats", "check", "leeds.csv");
  const { code, stdout } = await run("formats", "check", "leeds.csv", "--json");
  expect([words.code, code]).toEqual([1, 1]);
  expect(words.stdout + stdout).not.toMatch(personal);
  expect(words.stdout).toContain("J••• E•••");
  expect(words.stdout).toMatch(/ 4 +row_time_unreadable +The time of sale is missing/);
  expect(JSON.parse(stdout)).toMatchObject({
    format: { name: "till-2021-list" },
    counts: { rowsRead: 4, receipts: 3, refused: 1 },
    receipts: [
      {
        row: 1,
        customer: "J••• E•••",
        card: "••••",
        totalPence: 215,
        items: [{ size: "regular", name: "Latte", pence: 215 }],
      },
      { row: 2, customer: "•••", card: "••••" },
      { row: 3 },
    ],
    problems: [{ row: 4, reason: "row_time_unreadable", sentence: expect.stringMatching(/\.$/) }],
    remarks: [
      { row: 3, remark: "item_unrecognised", text: "(withheld)" },
      { row: 3, remark: "receipt_not_reconciled" },
    ],
  });
});

test("check needs no home folder, and works while another process owns it", async () => {
  await mkdir(join(folder, "owned"));
  const ownership = await takeOwnership(join(folder, "owned"), { command: "a test" });
  try {
    const { code } = await infinity(["formats", "check", "tills/corner.csv", "--home", "owned"], {}, folder);
    expect(code).toBe(0);
    const before = await readdir(folder);
    await infinity(["formats", "check", "tills/corner.csv", "--home", "nowhere"], {}, folder);
    expect(await readdir(folder)).toEqual(before);
  } finally {
    await ownership.release();
  }
});

test("an empty file, a missing file and a file that is no table are told apart", async () => {
  await writeFile(join(folder, "empty.csv"), "");
  await writeFile(join(folder, "letter.csv"), "Dear Jo Example,\nyour card is 4000000000000002.\n");
  expect(await run("formats", "check", "empty.csv")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/is empty/),
  });
  expect(await run("formats", "check", "gone.csv")).toMatchObject({ code: 1, stderr: expect.stringMatching(/ENOENT/) });
  const letter = await run("formats", "init", "letter.csv");
  expect(letter).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/No format can be drafted/) });
  expect(letter.stderr).not.toMatch(personal);
});

test("a mistake in a format of one's own stops a run before it begins, and says where it is", async () => {
  await mkdir(join(folder, "wrong"));
  await writeFile(join(folder, "wrong", "mine.yaml"), cornerFormat.replace("product: Item", "produce: Item"));
  const { code, stdout, stderr } = await infinity(
    ["run", "--source", "tills", "--home", "other"],
    { INFINITY_FORMATS: "wrong" },
    folder,
  );
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(
    /mine\.yaml has 2 mistakes: at "columns\.produce".*lack the column "product".*docs\/formats\.md/s,
  );
});
