import { readFileSync, writeFileSync } from "node:fs";

// npm leaves another platform's binary packages out of the lock file when the registry it asked does not have them, and then
// `npm ci` refuses the lock file everywhere. This adds what is missing: the version that the parent pins, and the platform,
// which is part of the package's name. Run it after `npm install`: `npm run lock`.

interface Locked {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8")) as { packages: Record<string, Locked> };

const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm64", "x64", "arm", "ia32", "ppc64", "riscv64", "s390x", "loong64"];

let added = 0;
for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  // Those of the project itself are npm packages of the runtime, and in the lock file already.
  if (parent === "") continue;
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const platform = platformOf(name);
    const place = `node_modules/${name}`;
    if (platform === undefined || lock.packages[place] !== undefined) continue;
    lock.packages[place] = { version, ...(dev ? { dev } : {}), optional: true, ...platform };
    added += 1;
  }
}
const ordered = Object.fromEntries(Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1)));
writeFileSync(path, `${JSON.stringify({ ...lock, packages: ordered }, null, 2)}\n`);
process.stdout.write(`${added} packages of other platforms added to package-lock.json.\n`);

/** `@scope/binding-linux-arm-musleabihf` → Linux, arm, musl; undefined for a name that says no platform. */
function platformOf(name: string): Pick<Locked, "os" | "cpu" | "libc"> | undefined {
  const words = name.slice(name.indexOf("/") + 1).split("-");
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined) return undefined;
  const musl = words.some((word) => word.startsWith("musl"));
  return { os: [os], cpu: [cpu], ...(os === "linux" ? { libc: [musl ? "musl" : "glibc"] } : {}) };
}
