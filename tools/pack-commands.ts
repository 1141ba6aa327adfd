import { rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { packedFolder, stampOf, stampsPath } from "../bin/packed.js";
import { bundled, ownPlaces } from "./bundling.ts";

// Part of `npm run build`: the commands and the packages they use, packed into few files in dist/commands. Reading six hundred modules
// is half of what a command needs to begin, and of what each process needs that a run starts.

const root = fileURLToPath(new URL("..", import.meta.url));

/** What is started by its place: processes and threads. */
const started = ["entry/home/transform-worker", "adapters/storage/list-folder-thread", "feed/generate/write-worker"];

// While it is packed, and should that fail, the source runs.
rmSync(packedFolder, { recursive: true, force: true });
const { metafile } = await build({
  ...bundled,
  absWorkingDir: root,
  entryPoints: [
    { in: "src/entry/cli/main.ts", out: "infinity" },
    ...started.map((path) => ({ in: `src/${path}.ts`, out: basename(path) })),
  ],
  outdir: packedFolder,
  // What only some commands need stays apart.
  splitting: true,
  plugins: [ownPlaces(root, "../..")],
  metafile: true,
});
const inputs = Object.keys(metafile.inputs).filter((path) => path.startsWith("src/"));
const stamps = [...inputs, "package.json", "package-lock.json"].map((path) => [path, stampOf(join(root, path))]);
writeFileSync(stampsPath, JSON.stringify(Object.fromEntries(stamps)));
