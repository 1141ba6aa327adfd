import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export const program = fileURLToPath(new URL("../bin/infinity.js", import.meta.url));

/** What a command printed, and how it ended. */
export interface Answer {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs `infinity` as a person would, in a process of its own, with `input` on its standard input. Variables of this process's own tracker
 * are not passed on.
 *
 * @param door the command's file, where it is not this project's
 */
export async function infinity(
  words: readonly string[],
  variables: Record<string, string> = {},
  cwd = ".",
  input = "",
  door = program,
): Promise<Answer> {
  const child = spawn(process.execPath, [door, ...words], { cwd, env: cleanEnvironment(variables) });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, stdout, stderr };
}

/** This process's variables, without any of Infinity's, and with these. */
export function cleanEnvironment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("INFINITY_"));
  return { ...Object.fromEntries(own), INFINITY_SETTLE_MS: "0", ...variables };
}
