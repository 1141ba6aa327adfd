import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readOwner } from "#adapters/lock/owner.ts";
import { BusyError } from "#core/errors.ts";
import type { Settings } from "#core/settings.ts";
import type { RemoteOperations } from "../door/knock.ts";
import type { Operations } from "../operations/operations.ts";
import { type Opening, openHome } from "./open-home.ts";

/** How long to wait for a server that has just started to open its door, in milliseconds. */
const startUpMs = 5000;

/**
 * Does a command's work on the home folder: through `infinity serve` when that has it, else by opening it here.
 *
 * @param command what the owner is called in another process's message, such as `infinity run`
 * @param opening how it is opened here
 * @throws BusyError when another command that opens no door owns it
 */
export async function withHome<Result>(
  settings: Settings,
  command: string,
  work: (operations: Operations) => Promise<Result>,
  opening: Opening = {},
): Promise<Result> {
  const server = await findServer(settings);
  if (server) return await work(server);
  const [home, { OwnOperations }] = await Promise.all([
    openHome(settings, command, opening),
    import("../operations/own-operations.ts"),
  ]);
  try {
    return await work(new OwnOperations(home));
  } finally {
    await home.close();
  }
}

/** The operations of the `infinity serve` that owns the home folder; undefined when none does. */
export async function findServer(settings: Settings): Promise<RemoteOperations | undefined> {
  const folder = resolve(settings.home);
  for (const deadline = Date.now() + startUpMs; ; await pause(50)) {
    const owner = readOwner(folder);
    if (owner === undefined || !servers.has(owner.command)) return undefined;
    if (owner.port !== undefined && owner.token !== undefined) {
      const { RemoteOperations } = await import("../door/knock.ts");
      return new RemoteOperations({ port: owner.port, token: owner.token });
    }
    if (Date.now() > deadline) {
      throw new BusyError(
        `\`${owner.command}\` (process ${owner.pid}) is starting and does not answer yet.`,
        "Try again in a moment.",
      );
    }
  }
}

/** The commands that serve the dashboard, as the owner's file names them. */
const servers = new Set(["infinity serve", "infinity start"]);
