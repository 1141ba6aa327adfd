import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A finished command: what it printed, how long it took from process start to exit, and how much memory it needed. */
export interface Measured {
  stdout: string;
  ms: number;
  /** The most memory the process and its children held together, in megabytes; null where the system does not say. */
  peakMegabytes: number | null;
}

const sampleEveryMs = 50;
/** The command itself. */
export const door = fileURLToPath(new URL("../bin/infinity.js", import.meta.url));

/** Runs `infinity` with these arguments, as a person would, and measures it from outside. */
export async function measureInfinity(args: readonly string[], home: string): Promise<Measured> {
  const start = performance.now();
  const child = spawn(process.execPath, [door, ...args], {
    env: { ...process.env, INFINITY_HOME: home },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, treeMegabytes(child.pid ?? 0));
  }, sampleEveryMs);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`infinity ${args.join(" ")} ended with code ${code}`);
  return { stdout, ms: performance.now() - start, peakMegabytes: peak === 0 ? null : peak };
}

/** Resident memory of a process and everything it started, from /proc; 0 where there is none. */
function treeMegabytes(root: number): number {
  const parents = new Map<number, { parent: number; pages: number }>();
  try {
    for (const name of readdirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const fields = statFields(name);
      if (fields) parents.set(Number(name), { parent: Number(fields[1]), pages: Number(fields[21]) });
    }
  } catch {
    return 0;
  }
  let pages = 0;
  for (const [pid, { pages: own }] of parents) {
    let ancestor: number | undefined = pid;
    while (ancestor !== undefined && ancestor !== root) ancestor = parents.get(ancestor)?.parent;
    if (ancestor === root) pages += own;
  }
  return (pages * 4096) / 1e6;
}

/** The fields of /proc/PID/stat from the state on: the name before them may hold anything. */
function statFields(pid: string): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
