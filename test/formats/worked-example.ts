import { readFileSync } from "node:fs";

const page = readFileSync(new URL("../../docs/formats.md", import.meta.url), "utf8");

/** A block of docs/formats.md, without the indent it has there: so what the page says is what the tests run. */
function block(language: string): string {
  const [, indent = "", text = ""] = new RegExp(`^( *)\`\`\`${language}\\n(.*?)\`\`\`$`, "ms").exec(page) ?? [];
  return text
    .replaceAll(new RegExp(`^${indent}`, "gm"), "")
    .trimEnd()
    .concat("\n");
}

/** The page's format. */
export const cornerFormat = block("yaml");

/** The page's file, as the till writes it: with a byte order mark and Windows line ends. */
export const cornerFile = `\uFEFF${block("csv").replaceAll("\n", "\r\n")}`;
