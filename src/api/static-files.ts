import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Context, MiddlewareHandler } from "hono";
import { parseAccept } from "hono/utils/accept";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** What compressing does not make smaller. */
const packed = new Set([".png", ".ico", ".woff2"]);

/** The smaller first. */
const encodings = ["br", "gzip"] as const;
type Encoding = (typeof encodings)[number];

interface StaticFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly tag: string;
  /** Vite puts a hash of the content in the names under `assets/`. */
  readonly immutable: boolean;
  readonly compressed: Partial<Record<Encoding, Promise<Buffer>>>;
  readonly compressible: boolean;
}

const compressors: Record<Encoding, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/**
 * Serves the built dashboard. Its files are read once, so that no request ever turns into a path, and each is compressed once,
 * when it is first asked for. An address without a file is a page of the dashboard's own router and gets `index.html`.
 */
export function staticFiles(folder: string): MiddlewareHandler {
  const files = readAll(folder);
  for (const file of files.values()) if (file.compressible) for (const encoding of encodings) packedAs(file, encoding);
  return async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") return next();
    const path = decoded(c.req.path);
    const file = files.get(path) ?? (extname(path) === "" ? files.get("/index.html") : undefined);
    return file ? await serve(c, file) : next();
  };
}

function readAll(folder: string): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const address = path.slice(folder.length).split(sep).join("/");
    const bytes = readFileSync(path);
    files.set(address.startsWith("/") ? address : `/${address}`, {
      type,
      bytes,
      tag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"`,
      immutable: address.includes("/assets/"),
      compressed: {},
      compressible: bytes.length > 1000 && !packed.has(extname(entry.name)),
    });
  }
  return files;
}

function packedAs(file: StaticFile, encoding: Encoding): Promise<Buffer> {
  const known = file.compressed[encoding] ?? compressors[encoding](file.bytes);
  file.compressed[encoding] = known;
  return known;
}

async function serve(c: Context, file: StaticFile): Promise<Response> {
  const headers: Record<string, string> = {
    "content-type": file.type,
    "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
    etag: file.tag,
    vary: "accept-encoding",
  };
  if (c.req.header("if-none-match")?.includes(file.tag)) return c.body(null, 304, headers);
  const encoding = file.compressible ? encodingFor(c) : undefined;
  const bytes = encoding ? await packedAs(file, encoding) : file.bytes;
  return c.body(new Uint8Array(bytes), 200, encoding ? { ...headers, "content-encoding": encoding } : headers);
}

/** What the caller would rather have, by the weights it gives (RFC 9110, 12.5.3); undefined when it takes neither. */
function encodingFor(c: Context): Encoding | undefined {
  const accepted = parseAccept(c.req.header("accept-encoding") ?? "");
  const weightOf = (name: string) => accepted.find(({ type }) => type.toLowerCase() === name)?.q;
  const weights = encodings.map((name) => ({ name, weight: weightOf(name) ?? weightOf("*") ?? 0 }));
  const [best] = weights.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight);
  return best?.name;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
