import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { interFile, writeInter } from "./inter.ts";

/** Asks for the font with the page rather than after its style sheet, so that text is drawn once. */
function preloadFont(): Plugin {
  return {
    name: "preload-font",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => file.endsWith(".woff2"))
          .map((file) => ({
            tag: "link",
            attrs: { rel: "preload", href: `/${file}`, as: "font", type: "font/woff2", crossorigin: "" },
            injectTo: "head" as const,
          })),
    },
  };
}

export default defineConfig(async () => {
  await writeInter();
  return {
    root: fileURLToPath(new URL(".", import.meta.url)),
    plugins: [preloadFont()],
    resolve: {
      alias: [
        // What TanStack asks of React, Preact answers.
        { find: /^react(-dom)?$/, replacement: "preact/compat" },
        { find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
        { find: "inter.woff2", replacement: interFile },
      ],
    },
    build: {
      outDir: "dist",
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        // TanStack's "use client" is for servers that render.
        checks: { moduleLevelDirective: false },
        // What every page begins with comes in one file: each more is a kB of headers.
        output: { codeSplitting: { groups: [{ name: "app", tags: ["$initial" as const] }] } },
      },
      target: "es2022",
      cssTarget: ["chrome123", "firefox121", "safari17.5"],
    },
    server: { proxy: { "/api": process.env.INFINITY_API ?? "http://localhost:4000" } },
  };
});
