import { randomBytes } from "node:crypto";
import { link, mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, InfinityError, SettingError } from "#core/errors.ts";
import type { KeyPurpose, Keys } from "#core/ports/keys.ts";
import { syncPath } from "../durable.ts";

const keyBytes = 32;

/** Windows has no such permissions: a home folder there is its user's own by default. */
const hasModes = process.platform !== "win32";

/** Secret keys in files of their own under `<home>/keys`, which only their owner may open: one file a key of a chain. */
export function openKeys(home: string): Keys {
  const folder = join(home, "keys");
  const known = new Map<KeyPurpose, Promise<Buffer>>();
  return {
    async get(purpose) {
      let key = known.get(purpose);
      if (key === undefined) {
        key = readOrMake(folder, pathOf(folder, purpose, 1));
        known.set(purpose, key);
        // What is wrong now can be put right; the next caller looks again.
        key.catch(() => known.delete(purpose));
      }
      return Buffer.from(await key);
    },
    async chain(purpose) {
      const chain: Buffer[] = [];
      for (;;) {
        const path = pathOf(folder, purpose, chain.length + 1);
        const key = await explained(path, () => readKey(folder, path));
        if (key === undefined) return chain;
        chain.push(key);
      }
    },
    async extend(purpose, length) {
      for (let generation = 1; generation <= length; generation += 1) {
        await readOrMake(folder, pathOf(folder, purpose, generation));
      }
    },
  };
}

/** `customers.key`, and after rotations `customers.2.key` and so on. */
function pathOf(folder: string, purpose: KeyPurpose, generation: number): string {
  return join(folder, generation === 1 ? `${purpose}.key` : `${purpose}.${generation}.key`);
}

async function readOrMake(folder: string, path: string): Promise<Buffer> {
  return await explained(path, async () => {
    const key = await readKey(folder, path);
    if (key !== undefined) return key;
    await makeKey(folder, path);
    return await readMade(folder, path);
  });
}

/** Does what may fail, with the system's errors in words. */
async function explained<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InfinityError) throw error;
    throw new SettingError(
      `The key file ${path} cannot be opened or created (${errorCode(error)}).`,
      "Check the disk's space and the permissions of its folder.",
      { cause: error },
    );
  }
}

/** The key, undefined when there is no such file. */
async function readKey(folder: string, path: string): Promise<Buffer | undefined> {
  try {
    await using file = await open(path, "r");
    refuseOpen(await stat(folder), folder, 700);
    refuseOpen(await file.stat(), path, 600);
    const key = await file.readFile();
    if (key.length === keyBytes) return key;
    throw new SettingError(
      `The key file ${path} holds ${key.length} bytes instead of ${keyBytes}.`,
      "Put the right one back from a backup. A new key would make every customer a stranger.",
    );
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function readMade(folder: string, path: string): Promise<Buffer> {
  const key = await readKey(folder, path);
  if (key !== undefined) return key;
  throw new SettingError(`The key file ${path} went away as soon as it was made.`, "Keep other programs out of there.");
}

function refuseOpen({ mode }: { mode: number }, path: string, allowed: number): void {
  if (!hasModes || (mode & 0o077) === 0) return;
  throw new SettingError(
    `${path} holds a secret, and other users of this machine have access to it (mode ${(mode & 0o777).toString(8)}).`,
    `Run \`chmod ${allowed} ${path}\`. If others may have read it, treat the key as known to them.`,
  );
}

/** Leaves one whole key at `path`, ours or that of another process which started at the same time. */
async function makeKey(folder: string, path: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    await writeSecret(draft, randomBytes(keyBytes));
    // A link, unlike a rename, never replaces: whoever comes first decides for all.
    await link(draft, path).catch((error) => {
      if (errorCode(error) !== "EEXIST") throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  await syncPath(folder);
  await syncPath(join(folder, ".."));
}

async function writeSecret(path: string, bytes: Buffer): Promise<void> {
  await using file = await open(path, "wx", 0o600);
  await file.writeFile(bytes);
  await file.sync();
}
