import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { infinity } from "./command.ts";
import { latte, shapes } from "./till-fixtures.ts";

// On a copy of the project, whose packed files say on standard error that they run.

const project = fileURLToPath(new URL("..", import.meta.url));
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "packed-"));
  const copied = ["bin", "src", "tools", "package.json", "package-lock.json"];
  for (const name of copied) cpSync(join(project, name), join(copy, name), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
  mkdirSync(join(copy, "tills"));
  writeFileSync(join(copy, "tills", "2026-03-02-Leeds.csv"), shapes.list([latte("Leeds", "2026-03-02 09:00")]));
  pack();
});

afterAll(() => rmSync(copy, { recursive: true }));

const pack = () => execFileSync(process.execPath, [join(copy, "tools", "pack-commands.ts")]);

const run = (...words: string[]) =>
  infinity(words, { INFINITY_HOME: join(copy, "home") }, copy, "", join(copy, "bin", "infinity.js"));

function announce(name: string): void {
  const path = join(copy, "dist", "commands", `${name}.js`);
  writeFileSync(
    path,
    `${readFileSync(path, "utf8")}\nprocess.getBuiltinModule("fs").writeSync(2, "${name} as packed\\n");\n`,
  );
}

test("commands, and the processes and threads that they start, run as they were packed until a file of the source is another", async () => {
  for (const name of ["infinity", "transform-worker", "write-worker"]) announce(name);
  const formats = await run("formats", "list");
  expect(formats.stderr).toBe("infinity as packed\n");
  const loaded = await run("run", "--source", "tills", "--json");
  expect(loaded.stderr.split("\n").sort()).toEqual(["", "infinity as packed", "transform-worker as packed"]);
  expect(JSON.parse(loaded.stdout)).toMatchObject({ status: "completed", rows: { loaded: 1 } });
  // Enough for threads.
  const generated = await run("generate", "--out", "sample", "--cafes", "4", "--days", "90", "--receipts", "1000");
  expect(generated.stderr).toContain("write-worker as packed\n");

  appendFileSync(join(copy, "src", "core", "reasons.ts"), "\n");
  expect(await run("formats", "list")).toMatchObject({ stdout: formats.stdout, stderr: "" });
  expect(JSON.parse((await run("run", "--json")).stdout)).toMatchObject({ files: { discovered: 1, unchanged: 1 } });
});

test("what is packed anew runs, and without anything packed the source does", async () => {
  pack();
  announce("infinity");
  expect((await run("formats", "list")).stderr).toBe("infinity as packed\n");
  rmSync(join(copy, "dist"), { recursive: true });
  expect((await run("formats", "list")).stderr).toBe("");
});
