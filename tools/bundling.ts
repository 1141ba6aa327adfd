import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";

/** What our bundles have in common: our code and its packages, but for DuckDB itself, which is a binary of each platform. */
export const bundled = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node24",
  // Stack traces name our functions.
  keepNames: true,
  legalComments: "none",
  external: ["@duckdb/node-bindings-*"],
  // Packages written for `require` find it here.
  banner: {
    js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
  },
  logLevel: "warning",
} satisfies BuildOptions;

/** A module's own place, alone or where the module beside it is started from, as a process or a thread. */
const placed = /new URL\("\.\/([\w-]+)\.ts", import\.meta\.url\)|import\.meta\.url/g;

/**
 * In a bundle every module lies in one place. Each of ours goes on knowing its own, for what it reads from there; what it starts from
 * there is an entry of the bundle.
 *
 * @param root the project
 * @param fromBundle from the bundle's folder to where `src` is
 */
export function ownPlaces(root: string, fromBundle: string): Plugin {
  return {
    name: "own-places",
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        if (path.includes(`${sep}node_modules${sep}`)) return undefined;
        const own = JSON.stringify(`${fromBundle}/${relative(root, path).split(sep).join("/")}`);
        const contents = readFileSync(path, "utf8").replaceAll(placed, (_, started?: string) =>
          started === undefined
            ? `new URL(${own}, import.meta.url).href`
            : `new URL("./${started}.js", import.meta.url)`,
        );
        return { contents, loader: "ts" };
      });
    },
  };
}
