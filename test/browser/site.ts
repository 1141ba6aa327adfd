import { type ChildProcess, execFile, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));
const command = join(root, "bin/infinity.js");

/** A chain that is made up, loaded and served, as `infinity` itself does it. */
export interface Site {
  readonly url: string;
  /** A fresh link to sign in with. */
  link(): Promise<string>;
  stop(): Promise<void>;
}

interface SiteOptions {
  cafes: number;
  /** Mean receipts of a café and day. */
  receipts: number;
  /** So many days up to yesterday, and as many a year before: all that any comparison asks for. */
  days: number;
}

/** Builds the dashboard from what is in the working tree, as it is shipped: a test's own NODE_ENV would make it larger. */
export async function buildDashboard(): Promise<void> {
  const vite = join(root, "node_modules/vite/bin/vite.js");
  await promisify(execFile)(process.execPath, [vite, "build", join(root, "dashboard"), "--logLevel", "warn"], {
    env: { ...process.env, NODE_ENV: "production" },
  });
}

/** Makes up a chain, loads it and serves it on a free port; null serves an empty warehouse. */
export async function startSite(sample: SiteOptions | null): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "dashboard-"));
  const home = join(folder, "home");
  const tills = join(folder, "tills");
  await mkdir(tills);
  if (sample) {
    const { cafes, days, receipts } = sample;
    for (const until of [daysAgo(1), daysAgo(1 + 364)]) {
      const size = ["--cafes", cafes, "--days", days, "--receipts", receipts, "--until", until, "--faults"];
      await infinity("generate", "--out", tills, ...size);
    }
    await infinity("run", "--home", home, "--source", tills);
    writeFileSync(join(home, "sample.json"), JSON.stringify({ until: daysAgo(1) }));
  }
  const server = spawn(
    process.execPath,
    [command, "serve", "--home", home, "--source", tills, "--port", "0", "--json"],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const endWithUs = () => server.kill();
  process.once("exit", endWithUs);
  const { url } = await answerOf(server);
  return {
    url,
    link: async () => (await infinity("link", "--home", home)).trim(),
    async stop() {
      process.off("exit", endWithUs);
      server.kill("SIGINT");
      await new Promise((resolve) => server.once("exit", resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

async function infinity(...words: (string | number)[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...words.map(String)], {
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

/** What the server prints once it answers: one JSON value. */
function answerOf(server: ChildProcess): Promise<{ url: string }> {
  return new Promise((resolve, reject) => {
    let text = "";
    server.once("exit", (code) => reject(new Error(`The server ended with ${code} before it answered.`)));
    server.stdout?.on("data", (chunk) => {
      text += chunk;
      try {
        resolve(JSON.parse(text));
      } catch {
        // Not all of it has been printed.
      }
    });
  });
}
