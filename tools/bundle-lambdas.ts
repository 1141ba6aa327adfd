import { cpSync, createWriteStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import yazl from "yazl";
import { bundled, ownPlaces } from "./bundling.ts";

// `npm run bundle`: a zip for each function in dist/lambda, for Node 24 on x86_64. Our code and its packages are one file; DuckDB's
// binary lies beside it, and so does whatever our code reads by its own place: SQL, till formats, the gazetteer, the dashboard.

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);

/** The package that is a binary: it keeps its folder. */
const binary = "@duckdb/node-bindings-linux-x64";
/** Files that our code reads. */
const readByOurCode = /\.(sql|yaml|tsv)$/;

/** The functions, by their files in src/entry/lambda. */
const functionNames = ["extract", "transform", "load", "api"] as const;

const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "dist", "lambda") } } });
rmSync(values.out, { recursive: true, force: true });
for (const name of functionNames) {
  const zip = await bundle(name, values.out);
  process.stdout.write(`${relative(process.cwd(), zip)}  ${(statSync(zip).size / 1e6).toFixed(1)} MB\n`);
}

/** Makes one function's zip, by way of a folder with the same content. */
async function bundle(name: (typeof functionNames)[number], out: string): Promise<string> {
  const folder = join(out, name);
  mkdirSync(folder, { recursive: true });
  await build({
    ...bundled,
    absWorkingDir: root,
    entryPoints: [join("src", "entry", "lambda", `${name}.ts`)],
    outfile: join(folder, "index.mjs"),
    minify: true,
    plugins: [ownPlaces(root, ".")],
  });
  for (const path of filesBelow(join(root, "src"))) {
    if (readByOurCode.test(path)) copyInto(folder, path);
  }
  copyPackage(folder, binary);
  const dashboard = join(root, "dashboard", "dist");
  if (name === "api") {
    if (!existsSync(join(dashboard, "index.html"))) throw new Error("The dashboard is not built: npm run build.");
    for (const path of filesBelow(dashboard)) copyInto(folder, path);
  }
  return await zip(folder, join(out, `${name}.zip`));
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) yield join(entry.parentPath, entry.name);
  }
}

function copyInto(folder: string, path: string): void {
  const target = join(folder, relative(root, path));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(path, target);
}

function copyPackage(folder: string, name: string): void {
  const manifest = require.resolve(`${name}/package.json`);
  cpSync(dirname(manifest), join(folder, "node_modules", ...name.split("/")), { recursive: true, dereference: true });
}

async function zip(folder: string, path: string): Promise<string> {
  const archive = new yazl.ZipFile();
  // The same content makes the same bytes: no times, and names in order.
  const options = { mtime: new Date("2026-01-01T00:00:00Z"), mode: 0o100644 };
  for (const file of [...filesBelow(folder)].sort()) {
    archive.addFile(file, relative(folder, file).split(sep).join("/"), options);
  }
  archive.end();
  await pipeline(archive.outputStream, createWriteStream(path));
  return path;
}
