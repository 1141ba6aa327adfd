#!/usr/bin/env node
// The door to every command. The code needs Node 24, which `npm ci` brings along as a package; when some other
// Node opens this file, the command is handed over to that one, and if it is not there we say so.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const NEEDED = 24;
const ownMajor = Number(process.versions.node.split(".")[0]);

if (ownMajor >= NEEDED) {
  // Compiled code is kept between commands, by this process and those it starts: it halves what a command needs to begin.
  const { enableCompileCache } = await import("node:module");
  const { directory } = enableCompileCache();
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= directory;
  const { commandsPath } = await import("./packed.js");
  await import(pathToFileURL(commandsPath()).href);
} else {
  handOver();
}

function handOver() {
  const root = join(dirname(fileURLToPath(import.meta.url)), "..");
  const executable = process.platform === "win32" ? "node.cmd" : "node";
  const bundled = join(root, "node_modules", ".bin", executable);
  if (!existsSync(bundled) || process.env.INFINITY_HANDED_OVER) {
    process.stderr.write(
      `Infinity needs Node ${NEEDED} or later; this is Node ${process.versions.node} and the Node that comes with the ` +
        `project is not installed. Run \`npm ci\` in ${root}, or install Node ${NEEDED}.\n`,
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, INFINITY_HANDED_OVER: "1" },
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("exit", (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1);
  });
}
