import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import type { Plugin } from "esbuild";

/**
 * In a bundle every module lies in one place. Each of ours goes on knowing its own, for what it reads from there: below the bundle's
 * folder, or where that is from there.
 *
 * @param root the project
 * @param fromBundle from the bundle's folder to where `src` is
 * @param entries names of modules that are started by their place, as processes and threads are: these lie beside the bundle
 */
export function ownPlaces(root: string, { fromBundle = ".", entries = [] as readonly string[] } = {}): Plugin {
  const started = new RegExp(`new URL\\("\\./(${entries.join("|")})\\.ts", import\\.meta\\.url\\)`, "g");
  return {
    name: "own-places",
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        if (path.includes(`${sep}node_modules${sep}`)) return undefined;
        const own = JSON.stringify(`${fromBundle}/${relative(root, path).split(sep).join("/")}`);
        const text = readFileSync(path, "utf8");
        const parts = entries.length === 0 ? [text] : text.split(started);
        // Every other part is the name of a module that is started.
        const contents = parts
          .map((part, place) =>
            place % 2 === 1
              ? `new URL("./${part}.js", import.meta.url)`
              : part.replaceAll("import.meta.url", `new URL(${own}, import.meta.url).href`),
          )
          .join("");
        return { contents, loader: "ts" };
      });
    },
  };
}

/** Begins a bundle: packages written for `require` find it there. */
export const requireForPackages =
  'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);';

/** Stay out of a bundle: DuckDB itself, for each platform. */
export const binaries = ["@duckdb/node-bindings-*"];
