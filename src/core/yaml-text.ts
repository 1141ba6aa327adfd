import { type Document, isScalar, LineCounter, parseDocument, visit, type YAMLError } from "yaml";
import { SettingError } from "./errors.ts";

/** What a YAML text says, and where. */
export interface YamlText {
  values: unknown;
  /** The line of a value, counted from 1; of the field that holds it where it is not there itself. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/** What the reader's codes mean to somebody who wrote the text. */
const faultWords: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab stands where spaces belong",
  DUPLICATE_KEY: "a name is there for the second time",
  BAD_INDENT: "a bracket before it is not closed, or it is not indented as its neighbours are",
  BLOCK_AS_IMPLICIT_KEY: "it is indented too far, or a value with a colon in it needs quotes",
  MULTILINE_IMPLICIT_KEY: "a name has no colon after it",
  BAD_SCALAR_START: "a value that begins so needs quotes",
  MULTIPLE_DOCS: "a second document begins, where one belongs",
};

/**
 * Reads a YAML text that a person may have written.
 *
 * @param what the text's name at the beginning of a sentence: "The till format x.yaml"
 * @throws SettingError naming the line and what is wrong there.
 */
export function readYaml(text: string, what: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [fault] = document.errors;
  if (fault) throw notYaml(what, describe(fault, document, lines), fault);
  let values: unknown;
  try {
    values = document.toJS();
  } catch (error) {
    // The text refers to a part of itself that is not there, or to so many that it would grow without end.
    throw notYaml(what, ": a * refers to what is not there", error);
  }
  return { values, lineOf: (path) => lineIn(document, lines, path) };
}

function notYaml(what: string, where: string, cause: unknown): SettingError {
  return new SettingError(`${what} is not valid YAML${where}.`, "Mend it, and try again.", { cause });
}

function describe(fault: YAMLError, document: Document, lines: LineCounter): string {
  const faultLine = lines.linePos(fault.pos[0]).line;
  const quoteLine = openQuote(fault, faultLine, document, lines);
  const words = quoteLine === undefined ? faultWords[fault.code] : "a quote that begins there does not end there";
  return ` (line ${quoteLine ?? faultLine})${words === undefined ? "" : `: ${words}`}`;
}

/**
 * The line of a quote that was never closed. The reader misses it at the text's end, or where the next quote ends it: lines
 * after the mistake.
 */
function openQuote(fault: YAMLError, faultLine: number, document: Document, lines: LineCounter): number | undefined {
  let found: number | undefined;
  visit(document, (_, node) => {
    if (!isScalar(node) || !node.type?.startsWith("QUOTE") || !node.range) return;
    const [begins, ends] = [lines.linePos(node.range[0]).line, lines.linePos(node.range[1]).line];
    const never = fault.code === "MISSING_CHAR" && node.range[1] === fault.pos[0];
    if (never || (begins < ends && ends === faultLine)) found ??= begins;
  });
  return found;
}

function lineIn(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (node && typeof node === "object" && "range" in node && Array.isArray(node.range)) {
      return lines.linePos(Number(node.range[0])).line;
    }
  }
  return undefined;
}
