import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where `npm run build` packs the commands. */
export const packedFolder = `${root}dist/commands/`;
/** What they were packed from: each file's stamp by its path in the project. Written when all is packed. */
export const stampsPath = `${packedFolder}stamps.json`;

/**
 * The file that runs the commands: as they were packed, or their source where they are not packed, or not from what is there now.
 */
export function commandsPath() {
  return isPacked() ? `${packedFolder}infinity.js` : `${root}src/entry/cli/main.ts`;
}

function isPacked() {
  try {
    /** @type {Record<string, string>} */
    const stamps = JSON.parse(readFileSync(stampsPath, "utf8"));
    return Object.entries(stamps).every(([path, stamp]) => stamp === stampOf(root + path));
  } catch {
    return false;
  }
}

/**
 * Differs once a file was written anew.
 *
 * @param {string} path
 */
export function stampOf(path) {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}
