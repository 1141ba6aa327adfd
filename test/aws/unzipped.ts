import { type ChildProcess, execFile, fork } from "node:child_process";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import yauzl from "yauzl";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type FunctionName = "extract" | "transform" | "load" | "api";

/** A bundle in a process of its own, as Lambda has it: one invocation after another. */
export interface UnzippedFunction {
  /** Bytes of all its files. */
  readonly bytes: number;
  invoke(event: unknown, remainingMs?: number): Promise<unknown>;
  stop(): void;
}

/** Bundles every function into a folder. */
export async function bundleFunctions(out: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, "tools", "bundle-lambdas.ts"), "--out", out], { cwd: root });
}

/** What stands in for Lambda's own runtime: hands events to the handler and gives its answers back. */
const runtime = `
import { handler } from "./index.mjs";
process.on("message", async ({ event, remainingMs }) => {
  const deadline = Date.now() + remainingMs;
  try {
    const answer = await handler(event, { getRemainingTimeInMillis: () => deadline - Date.now() });
    process.send({ answer });
  } catch (error) {
    process.send({ failed: error.message });
  }
});
process.on("disconnect", () => process.exit());
`;

/**
 * Unzips a bundle into an empty folder and starts it there, with this environment and no other, so that it finds nothing but
 * what is in it.
 */
export async function startUnzipped(
  zip: string,
  folder: string,
  environment: Record<string, string>,
): Promise<UnzippedFunction> {
  const bytes = await unzip(zip, folder);
  writeFileSync(join(folder, "runtime.mjs"), runtime);
  const child = fork(join(folder, "runtime.mjs"), {
    cwd: folder,
    env: { ...environment, POWERTOOLS_METRICS_DISABLED: "true", POWERTOOLS_LOG_LEVEL: "ERROR" },
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return {
    bytes,
    invoke: (event, remainingMs = 900_000) => invoke(child, { event, remainingMs }),
    stop: () => void child.kill("SIGKILL"),
  };
}

function invoke(child: ChildProcess, message: { event: unknown; remainingMs: number }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("The function's process ended."));
    child.once("exit", onExit);
    child.once("message", ({ answer, failed }: { answer?: unknown; failed?: string }) => {
      child.off("exit", onExit);
      if (failed === undefined) resolve(answer);
      else reject(new Error(failed));
    });
    child.send(message);
  });
}

function unzip(path: string, folder: string): Promise<number> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      let bytes = 0;
      zip.on("entry", (entry: Parameters<typeof zip.openReadStream>[0]) => {
        const target = join(folder, entry.fileName);
        bytes += entry.uncompressedSize;
        mkdirSync(dirname(target), { recursive: true });
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          pipeline(stream, createWriteStream(target)).then(() => zip.readEntry(), reject);
        });
      });
      zip.on("end", () => resolve(bytes));
      zip.on("error", reject);
      zip.readEntry();
    });
  });
}
