import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSqliteQueue } from "#adapters/queue/sqlite.ts";
import { transformMessage } from "#core/messages.ts";
import { infinity } from "./command.ts";
import { row, shapes } from "./till-fixtures.ts";

// Names and card numbers that are nowhere else, planted wherever a till file has room for them, good rows and bad ones.
// Nothing that the tracker writes or prints may hold one, in its bytes or in any value it decodes to.

const names = ["Wilhelmina Canaryworth", "Zbigniew Q. Canarsky", "O'Canary-Ffoulkes, Peregrine"];
const cards = ["4000001234567899", "5100009876543210", "371449635398431"];

/** A number in the full-width digits of East Asian keyboards. */
function wide(number: string): string {
  return number.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
}

/** How a planted value may turn up: as it was, in other letters, spaced, encoded. */
function disguises(value: string): string[] {
  const spaced = value.replace(/(.{4})(?=.)/g, "$1 ");
  const surname = value.split(" ").at(-1) ?? value;
  const parted = [" ", "-", " - ", "   ", " . "].map((between) => spaced.replaceAll(" ", between));
  const plain = [value, value.toUpperCase(), value.toLowerCase(), ...parted, wide(value), surname];
  return [...plain, Buffer.from(value).toString("base64").replace(/=+$/, ""), Buffer.from(value).toString("hex")];
}

const canaries = [...names, ...cards].flatMap(disguises).filter((text) => text.length > 5);
const searched = canaries.map((text) => text.toLowerCase());

/** The canaries in a text. */
function canariesIn(text: string): string[] {
  const lower = text.toLowerCase();
  return canaries.filter((_, index) => lower.includes(searched[index] ?? ""));
}

/** The canaries in bytes, read as UTF-8 and as UTF-16 from either byte. */
function canariesInBytes(bytes: Buffer): string[] {
  // Whole and aligned pairs only: decoding a large odd piece has ended Node 24 with a corrupted heap.
  const pairs = (from: number) =>
    Buffer.from(bytes.subarray(from, from + ((bytes.length - from) & ~1))).toString("utf16le");
  return [bytes.toString("latin1"), bytes.toString("utf8"), pairs(0), pairs(1)].flatMap(canariesIn);
}

/** Every value of every table of a DuckDB file, or of a Parquet file, as text. */
async function decodedByDuckdb(path: string): Promise<string> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  const values: string[] = [];
  const read = async (from: string) => {
    values.push(JSON.stringify((await connection.runAndReadAll(`select * from ${from}`)).getRowsJson()));
  };
  if (path.endsWith(".parquet")) await read(`read_parquet('${path}')`);
  else {
    await connection.run(`attach '${path}' as held (read_only)`);
    const tables = await connection.runAndReadAll(
      "select schema_name, table_name from duckdb_tables() where database_name = 'held'",
    );
    for (const [schema, table] of tables.getRowsJson()) await read(`held."${schema}"."${table}"`);
  }
  connection.disconnectSync();
  instance.closeSync();
  return values.join("\n");
}

function decodedBySqlite(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true });
  const tables = db.prepare("select name from sqlite_master where type = 'table'").all();
  const values = tables.map(({ name }) => JSON.stringify(db.prepare(`select * from "${name}"`).all()));
  db.close();
  return values.join("\n");
}

/** Every canary under a folder, as `file: canary`, in bytes and in decoded values. Counts what it looked at. */
async function search(folder: string) {
  const found: string[] = [];
  const looked = { files: 0, duckdb: 0, parquet: 0, sqlite: 0 };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    found.push(...canariesIn(entry.name).map((canary) => `${path}: ${canary} in its name`));
    if (!entry.isFile()) continue;
    looked.files += 1;
    found.push(...canariesInBytes(await readFile(path)).map((canary) => `${path}: ${canary}`));
    const kind = extname(path);
    let decoded = "";
    if (kind === ".duckdb" || kind === ".parquet") {
      decoded = await decodedByDuckdb(path);
      looked[kind === ".duckdb" ? "duckdb" : "parquet"] += 1;
    } else if (kind === ".sqlite") {
      decoded = decodedBySqlite(path);
      looked.sqlite += 1;
    }
    found.push(...canariesIn(decoded).map((canary) => `${path}: ${canary} when decoded`));
  }
  return { found, looked };
}

/** Till files with canaries everywhere. */
function plantedFiles(): Record<string, string | Buffer> {
  const files: Record<string, string | Buffer> = {};
  for (const [index, name] of names.entries()) {
    const card = cards[index] ?? "";
    const spaced = card.replace(/(.{4})(?=.)/g, "$1 ");
    const good = (basket = "Regular Latte - 2.15", payment = "CARD", number = card, customer = name) =>
      row(["02/03/2026 09:00", "Leeds", customer, basket, "2.15", payment, number]);
    const ordinary =
      good() + good(undefined, "CASH", "") + good(undefined, "CARD", spaced) + good(undefined, "CASH", card);
    const bad = (cells: string[]) => row(cells);
    const at = `2026/03/0${index + 2}`;
    files[`${at}/good.csv`] = ordinary;
    files[`${at}/triples.csv`] = shapes.triples([
      {
        at: "2026-03-02 10:00",
        cafe: "Leeds",
        customer: name,
        lines: [{ name: "Latte", pence: 215 }],
        payment: "CARD",
        card,
      },
    ]);
    files[`${at}/header.csv`] = shapes.listWithHeader([]) + ordinary;
    files[`${at}/in the basket.csv`] =
      good(`Regular Latte - ${name} - 2.15`) +
      good(`${name} - 2.15`) +
      good(`Regular Latte for ${name} - 2.15`) +
      good(name) +
      good(`Latte ${card} - 2.15`) +
      good(`Latte - ${spaced} - 2.15`) +
      good(`${spaced}, Regular Latte - 2.15`) +
      good(`${spaced.replaceAll(" ", " - ")} - 2.15`) +
      good(`${spaced.replaceAll(" ", "   ")} - 2.15`) +
      good(`Latte - ${spaced.replaceAll(" ", " . ")} - 2.15`) +
      good(`${wide(card)} - 2.15`) +
      good(wide(spaced)) +
      good(card.replace(/(.{4})(?=.)/g, "$1,"));
    files[`${at}/in triples.csv`] =
      row(["2026-03-02 11:00:00", "Leeds", name, `Large,${name},2.45,${card}`, "CARD", "2.45", `visa,${card}`]) +
      row(["2026-03-02 11:00:00", "Leeds", name, `Large,${spaced},2.45`, "CARD", "2.45", `visa,${card}`]);
    files[`${at}/in wrong columns.csv`] =
      ordinary +
      bad([name, "Leeds", card, "Regular Latte - 2.15", "2.15", "CARD", card]) +
      bad(["02/03/2026 09:00", card, name, "Regular Latte - 2.15", "2.15", "CARD", card]) +
      bad(["02/03/2026 09:00", spaced, name, "Regular Latte - 2.15", "2.15", "CARD", card]) +
      bad(["02/03/2026 09:00", spaced.replaceAll(" ", "   "), name, "Regular Latte - 2.15", "2.15", "CARD", card]) +
      bad(["02/03/2026 09:00", wide(card), name, "Regular Latte - 2.15", "2.15", "CARD", card]) +
      bad(["02/03/2026 09:00", "Leeds", name, "Regular Latte - 2.15", card, "CARD", card]) +
      bad(["02/03/2026 09:00", "Leeds", name, "Regular Latte - 2.15", name, "CARD", card]) +
      bad(["02/03/2026 09:00", "Leeds", name, "Regular Latte - 2.15", "2.15", name, card]) +
      bad(["02/03/2026 09:00", "Leeds", name, "Regular Latte - 2.15", "2.15", card, "CARD"]) +
      bad([card, name, "Leeds", "2.15", "Regular Latte - 2.15", card, "CARD"]) +
      bad(["02/03/2027 09:00", name, card, name, "2.15", "CARD", name]);
    files[`${at}/short and long.csv`] =
      ordinary +
      bad([name, card]) +
      bad(["02/03/2026 09:00", "Leeds", name]) +
      bad([card]) +
      bad([...names, ...cards, name, card]);
    files[`${at}/cut short.csv`] = good().repeat(2).slice(0, -5);
    files[`${at}/quotes.csv`] =
      ordinary + good().replace(",Leeds,", `,Leeds,"${name} `) + good(undefined, "CARD", `"${card}`);
    files[`${at}/windows.csv`] = ordinary.replaceAll("\n", "\r\n");
    files[`${at}/unknown.csv`] = `${name};${card}\n`.repeat(5);
    files[`${at}/latin.csv`] = Buffer.from(`${ordinary}£${name}\n`, "latin1");
    files[`${at}/utf16.csv`] = Buffer.from(ordinary, "utf16le");
    files[`${at}/one long line.csv`] = `${name},${card},`.repeat(8000);
    files[`${at}/header only.csv`] = row([name, card, name, card, name, card, name]);
  }
  return files;
}

describe("no name and no card number leaves a till file", () => {
  let folder: string;
  let home: string;
  const printed: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "canaries-"));
    home = join(folder, "home");
    const source = join(folder, "tills");
    for (const [key, content] of Object.entries(plantedFiles())) {
      await mkdir(join(source, key, ".."), { recursive: true });
      await writeFile(join(source, key), content);
    }
    await mkdir(home);
    // A message that can never be done, for the dead letters: its file is not there any more.
    const queue = openSqliteQueue({
      path: join(home, "queue.sqlite"),
      name: "transform",
      body: transformMessage,
      visibilityMs: 1,
      maxReceives: 1,
    });
    await queue.send([
      {
        runId: "r",
        batchId: "r-1",
        sourceUrl: "file:///gone",
        files: [{ key: "gone.csv", version: 1, size: 1, modifiedAt: 1 }],
      },
    ]);
    await queue.bury((await queue.receive(1))[0]?.receipt ?? "", "TerminalError");
    await queue.close();
    const variables = { INFINITY_HOME: home, INFINITY_SOURCE: source, INFINITY_DEBUG: "1" };
    const everything = "select * from products, quarantine, files limit 100000";
    for (const words of [["run"], ["status"], ["query", "--json", everything]]) {
      const { stdout, stderr, code } = await infinity(words, variables, folder);
      // A run tells of what lies in the dead letters, and a query how many rows it found.
      expect({ code, stderr: stderr.replace(/^(?:\d[\d,]* rows?|1 batch was given up, .*)\n$/, "") }).toEqual({
        code: 0,
        stderr: "",
      });
      printed.push(stdout, stderr);
    }
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true }));

  test("not in the bytes nor in any decoded value of what is written", async () => {
    const { found, looked } = await search(home);
    expect(found).toEqual([]);
    expect(looked.duckdb).toBe(1);
    expect(looked.parquet).toBeGreaterThanOrEqual(8);
    expect(looked.sqlite).toBeGreaterThanOrEqual(1);
  });

  test("not in anything printed", () => {
    expect(canariesIn(printed.join("\n"))).toEqual([]);
    expect(printed.join("").length).toBeGreaterThan(100);
  });

  test("and yet the rows were read: good ones loaded, bad ones refused, customers known", async () => {
    const rows = await decodedByDuckdb(join(home, "warehouse.duckdb"));
    for (const word of [
      "Latte",
      "(withheld)",
      "row_wrong_columns",
      "file_unknown_layout",
      "file_not_text",
      "row_cafe_missing",
    ]) {
      expect(rows).toContain(word);
    }
  });

  test("the search would find one in a DuckDB file, in Parquet, in SQLite, in UTF-16 and in a name of a file", async () => {
    const control = join(folder, "control");
    await mkdir(control);
    const instance = await DuckDBInstance.create(join(control, "w.duckdb"));
    const connection = await instance.connect();
    // Many rows of the same text are compressed: the raw bytes need not show it.
    await connection.run(
      "create table held as select 'ab' || i || ' 5100 0098 7654 3210' as text from range(10000) t(i)",
    );
    await connection.run("checkpoint");
    await connection.run(
      `copy (select 'wilhelmina canaryworth' as name, i from range(10000) t(i)) to '${control}/p.parquet' (format parquet, compression zstd)`,
    );
    connection.disconnectSync();
    instance.closeSync();
    const db = new DatabaseSync(join(control, "q.sqlite"));
    db.exec("create table letters as select '371449635398431' as body");
    db.close();
    await writeFile(join(control, "log.txt"), Buffer.from(" 4000001234567899", "utf16le"));
    await copyFile(join(control, "log.txt"), join(control, "Canarsky.txt"));
    const { found } = await search(control);
    for (const kind of ["w.duckdb", "p.parquet", "q.sqlite", "log.txt", "in its name"]) {
      expect(found.some((line) => line.includes(kind))).toBe(true);
    }
    expect(found.filter((line) => line.includes("w.duckdb") && line.includes("decoded"))).not.toEqual([]);
    expect(found.filter((line) => line.includes("p.parquet") && line.includes("decoded"))).not.toEqual([]);
  });
});
